package io.twinspan.registry.node.bolt;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Addresses that begin alike, {@code 10.0.0.0/8} or {@code fd00::/8}; a single one without the slash.
 *
 * @param prefixBits how many of the first bits are compared
 */
public record AddressRange(InetAddress first, int prefixBits) {
    private static final String LITERAL = "[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*";

    /** Refuses more bits than an address has. */
    public AddressRange {
        int most = first.getAddress().length * Byte.SIZE;
        if (prefixBits < 0 || prefixBits > most) {
            throw new IllegalArgumentException(
                    "a range of " + first.getHostAddress() + " has 0 to " + most + " bits, not " + prefixBits);
        }
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException naming the text when it is none
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        try {
            if (!address.matches(LITERAL)) {
                throw new UnknownHostException(address);
            }
            InetAddress first = InetAddress.getByName(address);
            int bits = slash < 0 ? first.getAddress().length * Byte.SIZE : Integer.parseInt(text.substring(slash + 1));
            return new AddressRange(first, bits);
        } catch (UnknownHostException | NumberFormatException wrong) {
            throw new IllegalArgumentException("'" + text + "' is no address and no range like 10.0.0.0/8", wrong);
        }
    }

    /** True when the address begins alike. */
    public boolean contains(InetAddress address) {
        byte[] own = first.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int i = 0; i < prefixBits; i++) {
            int mask = 0x80 >> i % Byte.SIZE;
            if (((own[i / Byte.SIZE] ^ other[i / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
