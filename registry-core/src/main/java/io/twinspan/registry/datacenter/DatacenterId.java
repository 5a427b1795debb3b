package io.twinspan.registry.datacenter;

import java.util.regex.Pattern;

/**
 * Name of one failure domain, for example {@code east}. It is also the {@code segment} under which clients store the addresses
 * of that datacenter, so it must never change while clients live.
 *
 * @param name 1 to 64 letters, digits, {@code -}, {@code _} or {@code .}
 */
public record DatacenterId(String name) implements Comparable<DatacenterId> {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Refuses names that could not be a topic suffix, a folder or a metric label. */
    public DatacenterId {
        if (!ALLOWED.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "datacenter name '" + name
                            + "' is not usable: take 1 to 64 letters, digits, '-', '_' or '.', beginning with a letter or digit");
        }
    }

    @Override
    public int compareTo(DatacenterId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
