package io.twinspan.registry.datacenter;

/**
 * Identity of one process installation, created once and kept on its disk. Addresses may change under it.
 *
 * @param value 1 to 64 characters, no blanks
 */
public record NodeId(String value) implements Comparable<NodeId> {
    /** Refuses blank or oversized ids. */
    public NodeId {
        if (value.isBlank() || value.length() > 64 || value.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("node id '" + value + "' must be 1 to 64 characters without blanks");
        }
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
