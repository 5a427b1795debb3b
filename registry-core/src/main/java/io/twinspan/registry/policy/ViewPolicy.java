package io.twinspan.registry.policy;

/**
 * When a consumer of scope global is shown a peer's providers.
 *
 * @param threshold of own-first: the peer's are shown while fewer own addresses than this are left; 0 for the others
 */
public record ViewPolicy(Kind kind, int threshold) {
    /** Highest threshold that is taken. */
    public static final int MOST_THRESHOLD = 1_000_000;

    /** The rules there are. */
    public enum Kind {
        /** Own providers, and the peer's only when too few own ones are left. */
        OWN_FIRST,
        /** The peer's always. */
        ALL,
        /** The peer's never. */
        OWN_ONLY
    }

    /** The peer's providers always. */
    public static final ViewPolicy ALL = new ViewPolicy(Kind.ALL, 0);

    /** The peer's providers never. */
    public static final ViewPolicy OWN_ONLY = new ViewPolicy(Kind.OWN_ONLY, 0);

    private static final String OWN_FIRST_WORD = "own-first";

    /** Refuses a threshold that would never show anything, or that nobody looks at. */
    public ViewPolicy {
        boolean isOwnFirst = kind == Kind.OWN_FIRST;
        if (isOwnFirst ? threshold < 1 || threshold > MOST_THRESHOLD : threshold != 0) {
            throw new IllegalArgumentException(
                    isOwnFirst
                            ? "own-first needs a threshold from 1 to " + MOST_THRESHOLD + ", not " + threshold
                            : "only own-first has a threshold");
        }
    }

    /** Own providers first. */
    public static ViewPolicy ownFirst(int threshold) {
        return new ViewPolicy(Kind.OWN_FIRST, threshold);
    }

    /**
     * Reads {@code own-first}, {@code own-first:3}, {@code all} or {@code own-only}.
     *
     * @throws IllegalArgumentException naming the words that exist
     */
    public static ViewPolicy ofWord(String word) {
        if (word.equals("all")) {
            return ALL;
        }
        if (word.equals("own-only")) {
            return OWN_ONLY;
        }
        if (word.equals(OWN_FIRST_WORD)) {
            return ownFirst(1);
        }
        if (word.startsWith(OWN_FIRST_WORD + ":")) {
            String number = word.substring(OWN_FIRST_WORD.length() + 1);
            try {
                return ownFirst(Integer.parseInt(number));
            } catch (NumberFormatException wrong) {
                throw new IllegalArgumentException("the threshold '" + number + "' of own-first is no number", wrong);
            }
        }
        throw new IllegalArgumentException(
                "view '" + word + "' is none of own-first, own-first:THRESHOLD, all, own-only");
    }

    /** The word in configuration, command lines and JSON. */
    public String word() {
        return switch (kind) {
            case OWN_FIRST -> threshold == 1 ? OWN_FIRST_WORD : OWN_FIRST_WORD + ":" + threshold;
            case ALL -> "all";
            case OWN_ONLY -> "own-only";
        };
    }

    /** True when a consumer may ever be shown the peer's providers, so that somebody has to know them. */
    public boolean wantsPeer() {
        return kind != Kind.OWN_ONLY;
    }

    /** True when the peer's providers are shown while so many own addresses are known. */
    public boolean showsPeer(int ownAddresses) {
        return switch (kind) {
            case OWN_FIRST -> ownAddresses < threshold;
            case ALL -> true;
            case OWN_ONLY -> false;
        };
    }
}
