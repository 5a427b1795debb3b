package io.twinspan.registry.datum;

/**
 * Name of a published service.
 *
 * @param dataId the service, not blank
 * @param instanceId the tenant; clients that send none mean {@link #DEFAULT_INSTANCE_ID}
 * @param group the protocol or purpose; clients that send none mean {@link #DEFAULT_GROUP}
 */
public record DataInfoId(String dataId, String instanceId, String group) implements Comparable<DataInfoId> {
    /** Tenant of clients that name none. */
    public static final String DEFAULT_INSTANCE_ID = "DEFAULT_INSTANCE_ID";

    /** Group of clients that name none. */
    public static final String DEFAULT_GROUP = "DEFAULT_GROUP";

    /** Longest text form that is accepted, in characters. */
    public static final int MAX_LENGTH = 1024;

    private static final String SEPARATOR = "#@#";

    /** Refuses blank parts, parts that contain the separator, and names beyond {@link #MAX_LENGTH}. */
    public DataInfoId {
        check("dataId", dataId);
        check("instanceId", instanceId);
        check("group", group);
        if (dataId.length() + instanceId.length() + group.length() + 2 * SEPARATOR.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the service name is longer than " + MAX_LENGTH + " characters");
        }
    }

    /** A service of the default tenant and group. */
    public static DataInfoId of(String dataId) {
        return new DataInfoId(dataId, DEFAULT_INSTANCE_ID, DEFAULT_GROUP);
    }

    /**
     * Reads {@code dataId#@#instanceId#@#group}, the text form that operators and official clients use.
     *
     * @throws IllegalArgumentException when it does not have three parts
     */
    public static DataInfoId parse(String text) {
        String[] parts = text.split(SEPARATOR, -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not dataId" + SEPARATOR + "instanceId" + SEPARATOR + "group");
        }
        return new DataInfoId(parts[0], parts[1], parts[2]);
    }

    private static void check(String field, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " is empty");
        }
        if (value.contains(SEPARATOR)) {
            throw new IllegalArgumentException(field + " '" + value + "' contains " + SEPARATOR);
        }
    }

    @Override
    public int compareTo(DataInfoId other) {
        int order = dataId.compareTo(other.dataId);
        if (order == 0) {
            order = group.compareTo(other.group);
        }
        return order != 0 ? order : instanceId.compareTo(other.instanceId);
    }

    @Override
    public String toString() {
        return dataId + SEPARATOR + instanceId + SEPARATOR + group;
    }
}
