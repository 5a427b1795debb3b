package io.twinspan.registry.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The clients that operators have taken out of a datacenter, by address without port: whatever connects from there, at any session,
 * is neither listed nor pushed to, and stays connected.
 *
 * @param version rises with each change, over all lives of the meta group; 0 while nobody has ever taken one out
 * @param clients why each is off, by its ip in the form of {@link #ip}
 */
public record ClientsOff(long version, Map<String, Note> clients) {
    /** Nobody has ever taken a client out. */
    public static final ClientsOff NONE = new ClientsOff(0, Map.of());

    /** Most addresses in the list. */
    public static final int MOST_CLIENTS = 10_000;

    /** Longest reason, in characters. */
    public static final int MOST_REASON = 500;

    private static final String PART = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern LITERAL =
            Pattern.compile(PART + "(\\." + PART + "){3}|[0-9a-fA-F:.]{0,45}:[0-9a-fA-F:.]{0,45}");

    /**
     * Why a client is off.
     *
     * @param reason for whoever finds it in the list; may be empty
     * @param sinceMillis when it was taken out, in milliseconds of the wall clock
     */
    public record Note(String reason, long sinceMillis) {
        /** Refuses a reason that is too long. */
        public Note {
            if (reason.length() > MOST_REASON) {
                throw new IllegalArgumentException("reason is longer than " + MOST_REASON + " characters");
            }
        }
    }

    /** Sorts the addresses; refuses what is none, too many of them, and a negative version. */
    public ClientsOff {
        if (version < 0) {
            throw new IllegalArgumentException(
                    "the version of the list of clients that are off is " + version + ", which is below 0");
        }
        if (clients.size() > MOST_CLIENTS) {
            throw new IllegalArgumentException("ips: with these " + clients.size() + " clients would be off, "
                    + MOST_CLIENTS + " are allowed; put some on again first");
        }
        TreeMap<String, Note> sorted = new TreeMap<>();
        clients.forEach((ip, note) -> sorted.put(ip(ip), note));
        clients = Collections.unmodifiableMap(sorted);
    }

    /**
     * An address in the one form in which addresses are compared.
     *
     * @throws IllegalArgumentException when it is no IPv4 or IPv6 address, or has a port
     */
    public static String ip(String text) {
        String stripped = text.strip();
        try {
            // Only what is an address by its letters: anything else would be looked up as a name.
            if (LITERAL.matcher(stripped).matches()) {
                return InetAddress.getByName(stripped).getHostAddress();
            }
        } catch (UnknownHostException none) {
            throw notAnIp(stripped, none);
        }
        throw notAnIp(stripped, null);
    }

    /** True when the client is off that connects from this {@code ip:port}. */
    public boolean isOff(String remoteAddress) {
        int port = remoteAddress.lastIndexOf(':');
        return !clients.isEmpty() && port > 0 && clients.containsKey(remoteAddress.substring(0, port));
    }

    /** With these in the list too; one that was in it keeps its time, and its reason when none is given now. */
    public ClientsOff withOff(Collection<String> ips, Note note) {
        Map<String, Note> all = new TreeMap<>(clients);
        for (String ip : ips) {
            all.merge(
                    ip(ip),
                    note,
                    (before, now) -> now.reason().isEmpty() ? before : new Note(now.reason(), before.sinceMillis()));
        }
        return new ClientsOff(version, all);
    }

    /** Without these. */
    public ClientsOff withOn(Collection<String> ips) {
        Map<String, Note> left = new TreeMap<>(clients);
        ips.forEach(ip -> left.remove(ip(ip)));
        return new ClientsOff(version, left);
    }

    private static IllegalArgumentException notAnIp(String text, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "ips has '" + text + "', which is no IP address without port, like 10.0.0.7", cause);
    }
}
