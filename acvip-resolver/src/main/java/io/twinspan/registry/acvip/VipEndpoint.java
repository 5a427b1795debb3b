package io.twinspan.registry.acvip;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import java.util.regex.Pattern;

/**
 * One address of a Vip, as an operator lists it.
 *
 * @param address ip or host name, and port
 * @param zone empty for none
 * @param weight share of the load among those that are answered; 0 takes it out
 */
public record VipEndpoint(Endpoint address, DatacenterId datacenter, String zone, int weight) {
    /** Of an endpoint for which none is given. */
    public static final int USUAL_WEIGHT = 100;

    private static final int MOST_WEIGHT = 10_000;
    private static final int LONGEST_HOST = 253;
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*");
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9_.-]{0,64}");

    /** Refuses hosts that are neither an ip nor a name, and weights and zones out of range. */
    public VipEndpoint {
        String host = address.host();
        boolean isName = host.length() <= LONGEST_HOST && NAME.matcher(host).matches();
        if (!AddressRule.isLiteral(host) && (!isName || AddressRule.looksNumeric(host))) {
            throw new IllegalArgumentException("host '" + host + "' of an endpoint is neither an ip nor a host name");
        }
        if (weight < 0 || weight > MOST_WEIGHT) {
            throw new IllegalArgumentException(
                    "weight of " + address + " is " + weight + ", which is not between 0 and " + MOST_WEIGHT);
        }
        if (!ZONE.matcher(zone).matches()) {
            throw new IllegalArgumentException(
                    "zone '" + zone + "' of " + address + " is not made of letters, digits, '_', '.' or '-'");
        }
    }
}
