package io.twinspan.registry.acvip;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which addresses a health check may go to. A check is made by the registry's own nodes: one that goes to the node itself, or to what
 * answers on link-local addresses (the metadata of clouds), would tell an outsider things that only the node can see.
 */
public final class AddressRule {
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.|$)){4}(?<!\\.)");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern NUMERIC = Pattern.compile("(0[xX][0-9A-Fa-f]*|\\d+)(\\.(0[xX][0-9A-Fa-f]*|\\d+))*");

    private AddressRule() {}

    /** True for an ip in its usual form; nothing is looked up. */
    public static boolean isLiteral(String host) {
        if (IPV4.matcher(host).matches()) {
            return true;
        }
        if (!IPV6.matcher(host).matches()) {
            return false;
        }
        try {
            // What has a colon is never looked up: it is an ip or nothing.
            return InetAddress.getByName(host) != null;
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }

    /** True for what a system may take for an ip in an unusual form, such as {@code 127.1} or {@code 0x7f000001}. */
    static boolean looksNumeric(String host) {
        return NUMERIC.matcher(host).matches();
    }

    /** Why a host may not be checked, as far as its text tells; empty when it may. */
    public static String refusal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return host + " is loopback";
        }
        if (!isLiteral(host)) {
            return "";
        }
        try {
            return refusal(InetAddress.getByName(host));
        } catch (UnknownHostException notAnAddress) {
            return host + " is no address";
        }
    }

    /** Why an address may not be checked; empty when it may. Names are looked up first, for they may lead anywhere. */
    public static String refusal(InetAddress address) {
        String text = address.getHostAddress();
        if (address.isLoopbackAddress()) {
            return text + " is loopback";
        }
        if (address.isLinkLocalAddress()) {
            return text + " is link-local";
        }
        if (address.isAnyLocalAddress()) {
            return text + " stands for every address of this node";
        }
        return address.isMulticastAddress() ? text + " is multicast" : "";
    }
}
