package io.twinspan.registry.pushswitch;

/**
 * One closing of the push by one owner. An owner has at most one for the same services and clients.
 *
 * @param owner who closed it and alone opens it: {@link #OPERATOR}, or the name of a procedure
 * @param reason for whoever finds push closed; may be empty
 * @param sinceMillis when it was closed, in milliseconds of the wall clock
 * @param expiresMillis when it ends by itself; 0 for never
 */
public record PushToken(
        String owner, String reason, PushPosition position, PushScope scope, long sinceMillis, long expiresMillis) {
    /** The owner of what people close by hand. */
    public static final String OPERATOR = "operator";

    /** Longest name of an owner, in characters. */
    public static final int MOST_OWNER = 100;

    /** Longest reason, in characters. */
    public static final int MOST_REASON = 500;

    /** Refuses a token without an owner, one that is open, one that ends before it begins, and texts that are too long. */
    public PushToken {
        if (owner.isBlank() || owner.length() > MOST_OWNER) {
            throw new IllegalArgumentException("owner is empty or longer than " + MOST_OWNER + " characters");
        }
        if (reason.length() > MOST_REASON) {
            throw new IllegalArgumentException("reason is longer than " + MOST_REASON + " characters");
        }
        if (position != PushPosition.CLOSED && position != PushPosition.HOLD_SHRINK) {
            throw new IllegalArgumentException("a closing is closed or hold-shrink, not " + position.word());
        }
        if (expiresMillis != 0 && expiresMillis <= sinceMillis) {
            throw new IllegalArgumentException("the closing would end before it begins");
        }
    }

    /** True while it has not ended by itself. */
    public boolean isInForce(long nowMillis) {
        return expiresMillis == 0 || nowMillis < expiresMillis;
    }

    /** True when the other one takes the place of this one. */
    public boolean isReplacedBy(PushToken other) {
        return owner.equals(other.owner) && scope.isAboutTheSame(other.scope);
    }
}
