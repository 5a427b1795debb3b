package io.twinspan.registry.datum;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Name of a published service. A value like any record; a class only because the hashes of its text form, which every step of a
 * registration asks for, are kept with it.
 */
public final class DataInfoId implements Comparable<DataInfoId> {
    /** Tenant of clients that name none. */
    public static final String DEFAULT_INSTANCE_ID = "DEFAULT_INSTANCE_ID";

    /** Group of clients that name none. */
    public static final String DEFAULT_GROUP = "DEFAULT_GROUP";

    /** Longest text form that is accepted, in characters. */
    public static final int MAX_LENGTH = 1024;

    private static final String SEPARATOR = "#@#";

    private final String dataId;
    private final String instanceId;
    private final String group;
    private final int textHash;
    private final int checksum;

    /**
     * Refuses blank parts, parts that contain the separator, and names beyond {@link #MAX_LENGTH}.
     *
     * @param dataId the service, not blank
     * @param instanceId the tenant; clients that send none mean {@link #DEFAULT_INSTANCE_ID}
     * @param group the protocol or purpose; clients that send none mean {@link #DEFAULT_GROUP}
     */
    public DataInfoId(String dataId, String instanceId, String group) {
        check("dataId", dataId);
        check("instanceId", instanceId);
        check("group", group);
        if (dataId.length() + instanceId.length() + group.length() + 2 * SEPARATOR.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the service name is longer than " + MAX_LENGTH + " characters");
        }
        this.dataId = dataId;
        this.instanceId = instanceId;
        this.group = group;
        String text = text(dataId, instanceId, group);
        this.textHash = text.hashCode();
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        this.checksum = (int) crc.getValue();
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

    /** The service. */
    public String dataId() {
        return dataId;
    }

    /** The tenant. */
    public String instanceId() {
        return instanceId;
    }

    /** The protocol or purpose. */
    public String group() {
        return group;
    }

    /** CRC-32 of the UTF-8 text form, unsigned: the same on every node, for ever. */
    public long checksum() {
        return Integer.toUnsignedLong(checksum);
    }

    /** {@link String#hashCode} of the text form: the same on every node, for ever. */
    public int textHash() {
        return textHash;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof DataInfoId that
                        && checksum == that.checksum
                        && textHash == that.textHash
                        && dataId.equals(that.dataId)
                        && instanceId.equals(that.instanceId)
                        && group.equals(that.group));
    }

    @Override
    public int hashCode() {
        return textHash;
    }

    private static String text(String dataId, String instanceId, String group) {
        return dataId + SEPARATOR + instanceId + SEPARATOR + group;
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
        return text(dataId, instanceId, group);
    }
}
