package io.twinspan.registry.acvip.client;

import io.twinspan.registry.datacenter.DatacenterId;

/**
 * Where the one who asks stands; what is not known is empty.
 *
 * @param datacenter name of its datacenter; when empty, that of the first server that was named
 */
public record ClientPlace(String datacenter, String zone, String app) {
    /** Of somebody who does not know. */
    public static final ClientPlace UNKNOWN = new ClientPlace("", "", "");

    private static final int MOST_CHARS = 128;

    /** Refuses what servers refuse: names of more than 128 characters, and a datacenter that cannot be one. */
    public ClientPlace {
        datacenter = datacenter.isEmpty() ? "" : new DatacenterId(datacenter).name();
        if (zone.length() > MOST_CHARS || app.length() > MOST_CHARS) {
            throw new IllegalArgumentException("a zone and an app have names of at most " + MOST_CHARS + " characters");
        }
    }

    /** The same in this datacenter, unless it is in one already. */
    ClientPlace orIn(String other) {
        return datacenter.isEmpty() ? new ClientPlace(other, zone, app) : this;
    }
}
