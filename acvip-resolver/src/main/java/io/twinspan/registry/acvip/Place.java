package io.twinspan.registry.acvip;

import io.twinspan.registry.datacenter.DatacenterId;

/**
 * Where somebody who asks stands. Official clients send constants for all of it, so it is never read off their requests.
 *
 * @param zone empty when it is not known
 * @param app name of the application; empty when it is not known
 */
public record Place(DatacenterId datacenter, String zone, String app) {
    private static final int LONGEST = 128;

    /** Refuses names beyond {@value #LONGEST} characters. */
    public Place {
        if (zone.length() > LONGEST || app.length() > LONGEST) {
            throw new IllegalArgumentException("zone and app may have " + LONGEST + " characters each");
        }
    }

    /** A place in a datacenter of which nothing else is known. */
    public static Place in(DatacenterId datacenter) {
        return new Place(datacenter, "", "");
    }
}
