package io.twinspan.registry.node.session;

/**
 * The answer to a {@link ClientRegistration}. A refusal is for ever as the client understands it, so it is given only for what
 * will never be right, never for anything transient: that another connection owns a registration may be over in a moment.
 *
 * @param isRefused true only for what must not be tried again
 * @param message why refused; empty otherwise
 */
public record RegistrationAnswer(boolean isRefused, String message) {
    /** Taken. */
    public static final RegistrationAnswer ACCEPTED = new RegistrationAnswer(false, "");

    /** Refused for ever, with the reason. */
    public static RegistrationAnswer refused(String why) {
        return new RegistrationAnswer(true, why);
    }
}
