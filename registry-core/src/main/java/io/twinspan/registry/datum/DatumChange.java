package io.twinspan.registry.datum;

/** One request to change a datum; {@link Datum#apply} says what becomes of it. */
public sealed interface DatumChange {
    /** The registration it is about. */
    RegistrationId id();

    /** About how many bytes this takes in a message; for bounds. */
    default long estimatedBytes() {
        return 128;
    }

    /** Put this publisher there, if it is later than what is known of it. */
    record Register(Publisher publisher) implements DatumChange {
        @Override
        public RegistrationId id() {
            return publisher.id();
        }

        @Override
        public long estimatedBytes() {
            return publisher.estimatedBytes();
        }
    }

    /**
     * The client takes its registration back; honoured from the owner, or from anybody when {@code overridesOwner}.
     *
     * @param overridesOwner the session knows that this connection has registered it too, or the leader knows that the session
     *     life which owned the entry is over
     */
    record Unregister(RegistrationId id, RegistrationOrder order, Owner by, boolean overridesOwner)
            implements DatumChange {}

    /** The owner is gone (closed, idle, lease over): take away what it still owns. */
    record Remove(RegistrationId id, Owner owner, RemovalCause cause) implements DatumChange {
        /** For a client that has closed its own connection. */
        public Remove(RegistrationId id, Owner owner) {
            this(id, owner, RemovalCause.CLIENT_CLOSED);
        }
    }
}
