package io.twinspan.registry.acvip.client;

import java.io.IOException;

/** A server did not understand what it was asked: asking it, or another one, again does not help. */
final class QuestionRefusedException extends IOException {
    private static final long serialVersionUID = 1;
    private static final int MOST_CHARS = 500;

    QuestionRefusedException(String path, String said) {
        super(path + " was refused: " + said.substring(0, Math.min(MOST_CHARS, said.length())));
    }
}
