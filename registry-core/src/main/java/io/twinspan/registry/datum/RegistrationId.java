package io.twinspan.registry.datum;

/**
 * Identity of one registration of one client, the same over reconnects. It carries the protocol it came by, so that two
 * protocols can never name each other's registrations.
 *
 * @param value {@code protocol:id}, at most {@value #MAX_LENGTH} characters
 */
public record RegistrationId(String value) implements Comparable<RegistrationId> {
    /** Longest accepted text, in characters. */
    public static final int MAX_LENGTH = 256;

    /** Refuses texts without protocol and oversized ones. */
    public RegistrationId {
        int colon = value.indexOf(':');
        if (colon < 1 || colon == value.length() - 1 || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "registration id '" + value + "' is not protocol:id of at most " + MAX_LENGTH + " characters");
        }
    }

    /** The id of a registration that an official SOFARegistry client made. */
    public static RegistrationId ofSofa(String registId) {
        return new RegistrationId("sofa:" + registId);
    }

    @Override
    public int compareTo(RegistrationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
