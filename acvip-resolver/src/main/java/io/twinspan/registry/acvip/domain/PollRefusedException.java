package io.twinspan.registry.acvip.domain;

/** A poll that is not taken because too many wait already. */
public final class PollRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PollRefusedException(String why) {
        super(why);
    }
}
