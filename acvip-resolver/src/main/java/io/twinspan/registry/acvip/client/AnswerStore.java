package io.twinspan.registry.acvip.client;

import java.io.IOException;

/** Where answers are kept. Port; used by one thread. */
interface AnswerStore extends AutoCloseable {
    /** What was saved last; nothing when there is nothing that can be read. */
    KeptAnswers load();

    /** Returns when it would survive the loss of power. */
    void save(KeptAnswers kept) throws IOException;

    @Override
    void close();

    /** Keeps nothing. */
    static AnswerStore none() {
        return new AnswerStore() {
            @Override
            public KeptAnswers load() {
                return KeptAnswers.NOTHING;
            }

            @Override
            public void save(KeptAnswers kept) {
                // Whoever named no folder wants none written.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
