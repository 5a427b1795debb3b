package io.twinspan.registry.message;

import java.util.List;

/** One answer for each query of the request, in its order. */
public record DatumAnswers(List<DatumAnswer> answers) {
    /** Copies the answers. */
    public DatumAnswers {
        answers = List.copyOf(answers);
    }
}
