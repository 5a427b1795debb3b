package io.twinspan.registry.subscription;

/** How far a subscriber looks. */
public enum Scope {
    /** Publishers of the session's own zone. */
    ZONE,
    /** Publishers of the session's own datacenter. */
    DATACENTER,
    /** Publishers of every datacenter, by the own-first rule. */
    GLOBAL;

    /** Reads the text that official clients send; as in the classic server, anything unknown means zone. */
    public static Scope ofWire(String text) {
        return switch (text) {
            case "global" -> GLOBAL;
            case "dataCenter" -> DATACENTER;
            default -> ZONE;
        };
    }

    /** The text that official clients know. */
    public String wireName() {
        return switch (this) {
            case GLOBAL -> "global";
            case DATACENTER -> "dataCenter";
            case ZONE -> "zone";
        };
    }
}
