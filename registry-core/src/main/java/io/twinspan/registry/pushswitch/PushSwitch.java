package io.twinspan.registry.pushswitch;

import io.twinspan.registry.datum.DataInfoId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The push switch of one datacenter: all its tokens. Push is open for a service and a client when no token that is in force covers
 * them; of several that do, the strictest decides.
 *
 * @param version rises with each change, over all lives of the meta group; 0 while nobody has closed anything
 */
public record PushSwitch(long version, List<PushToken> tokens) {
    private static final Comparator<PushToken> ORDER = Comparator.comparingLong(PushToken::sinceMillis)
            .thenComparing(PushToken::owner)
            .thenComparing(token -> token.scope().toString());

    /** Nobody has closed anything. */
    public static final PushSwitch OPEN = new PushSwitch(0, List.of());

    /** Most tokens at a time. */
    public static final int MOST_TOKENS = 100;

    /** Sorts the tokens, the oldest first; refuses two of one owner for the same, and too many. */
    public PushSwitch {
        if (version < 0) {
            throw new IllegalArgumentException("the version of the push switch is " + version + ", which is below 0");
        }
        if (tokens.size() > MOST_TOKENS) {
            throw new IllegalArgumentException(
                    "push would be closed " + tokens.size() + " times, " + MOST_TOKENS + " are allowed");
        }
        tokens = tokens.stream().sorted(ORDER).toList();
        for (PushToken token : tokens) {
            if (tokens.stream().filter(token::isReplacedBy).count() > 1) {
                throw new IllegalArgumentException(
                        "push is closed twice by " + token.owner() + " for " + token.scope());
            }
        }
    }

    /** How far push is closed for one service and one client. */
    public PushPosition position(DataInfoId id, String client, long nowMillis) {
        PushPosition position = PushPosition.OPEN;
        for (PushToken token : tokens) {
            if (token.isInForce(nowMillis)
                    && token.scope().covers(id)
                    && token.scope().coversClient(client)) {
                position = position.or(token.position());
            }
        }
        return position;
    }

    /** How far push is closed for the datacenter as a whole, clients of grey lists apart. */
    public PushPosition wholePosition(long nowMillis) {
        return tokens.stream()
                .filter(token -> token.isInForce(nowMillis) && token.scope().isWhole())
                .map(PushToken::position)
                .reduce(PushPosition.OPEN, PushPosition::or);
    }

    /** The same without the tokens that have ended by themselves. */
    public PushSwitch inForce(long nowMillis) {
        return tokens.stream().allMatch(token -> token.isInForce(nowMillis))
                ? this
                : without(token -> !token.isInForce(nowMillis));
    }

    /** The tokens that would be in force with one more, which takes the place of its owner's earlier one for the same. */
    public PushSwitch with(PushToken added) {
        List<PushToken> next = new ArrayList<>(tokens);
        next.removeIf(token -> token.isReplacedBy(added));
        next.add(added);
        return new PushSwitch(version, next);
    }

    /** The tokens that would be in force without these. */
    public PushSwitch without(Predicate<PushToken> opened) {
        return new PushSwitch(version, tokens.stream().filter(opened.negate()).toList());
    }

    /** Since when something has been closed without a break, as far as the tokens tell; empty while push is open. */
    public OptionalLong closedSince(long nowMillis) {
        return tokens.stream()
                .filter(token -> token.isInForce(nowMillis))
                .mapToLong(PushToken::sinceMillis)
                .min();
    }

    /** True when both let the same pushes out, whatever their versions. */
    public boolean isSameAs(PushSwitch other) {
        return tokens.equals(other.tokens);
    }
}
