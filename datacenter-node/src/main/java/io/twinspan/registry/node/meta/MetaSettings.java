package io.twinspan.registry.node.meta;

import io.twinspan.registry.node.meta.federation.FederationSettings;
import java.time.Duration;

/**
 * Limits of the meta role.
 *
 * @param lease how long a session stays a member without renewing
 * @param dataAbsence how long a data node stays a member, and keeps its slots, without renewing
 * @param electionGrace how long the group may be without a leader before this node calls itself unhealthy
 * @param answerWithin how long an HTTP request waits for the group
 * @param leaderWithin how long a follower waits for the leader before it answers by itself
 * @param maxMembers most roles of nodes in one datacenter
 * @param maxProvided most provided values, removed ones included
 * @param maxProvidedLength most characters of one provided value
 * @param slots how slots are assigned
 * @param federation what goes between this datacenter and its peers
 * @param areLocalChecksAllowed whether health checks of Vips may go to loopback and link-local addresses
 */
public record MetaSettings(
        Duration lease,
        Duration dataAbsence,
        Duration electionGrace,
        Duration answerWithin,
        Duration leaderWithin,
        int maxMembers,
        int maxProvided,
        int maxProvidedLength,
        SlotLimits slots,
        FederationSettings federation,
        boolean areLocalChecksAllowed) {
    private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);
    private static final int LONGEST_VALUE = 256 * 1024;

    /** Refuses what could not work, naming the key and the value. */
    public MetaSettings {
        require(lease.compareTo(SHORTEST_LEASE) >= 0, "lease", lease, "at least " + SHORTEST_LEASE);
        require(dataAbsence.compareTo(lease) >= 0, "data-absence", dataAbsence, "at least the lease, " + lease);
        require(!electionGrace.isNegative(), "election-grace", electionGrace, "not negative");
        require(!answerWithin.isNegative() && !answerWithin.isZero(), "answer-within", answerWithin, "positive");
        require(!leaderWithin.isNegative() && !leaderWithin.isZero(), "leader-within", leaderWithin, "positive");
        require(maxMembers > 0, "max-members", maxMembers, "at least 1");
        require(maxProvided > 0, "max-provided", maxProvided, "at least 1");
        require(
                maxProvidedLength > 0 && maxProvidedLength <= LONGEST_VALUE,
                "max-provided-length",
                maxProvidedLength,
                "between 1 and " + LONGEST_VALUE);
    }

    /** The standard dealings with peers. */
    public MetaSettings(
            Duration lease,
            Duration dataAbsence,
            Duration electionGrace,
            Duration answerWithin,
            Duration leaderWithin,
            int maxMembers,
            int maxProvided,
            int maxProvidedLength,
            SlotLimits slots) {
        this(
                lease,
                dataAbsence,
                electionGrace,
                answerWithin,
                leaderWithin,
                maxMembers,
                maxProvided,
                maxProvidedLength,
                slots,
                FederationSettings.standard(),
                false);
    }

    /** Lease 10 s, data absence 60 s, grace 5 s, answers within 5 s, the leader's within 1 s; 10 000 members, 10 000 values of 65 536 characters. */
    public static MetaSettings standard() {
        return new MetaSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                10_000,
                10_000,
                65_536,
                SlotLimits.standard());
    }

    /** The same with other times. */
    public MetaSettings withLeases(Duration newLease, Duration newDataAbsence) {
        return new MetaSettings(
                newLease,
                newDataAbsence,
                electionGrace,
                answerWithin,
                leaderWithin,
                maxMembers,
                maxProvided,
                maxProvidedLength,
                slots,
                federation,
                areLocalChecksAllowed);
    }

    /** The same with slots assigned otherwise. */
    public MetaSettings withSlots(SlotLimits newSlots) {
        return new MetaSettings(
                lease,
                dataAbsence,
                electionGrace,
                answerWithin,
                leaderWithin,
                maxMembers,
                maxProvided,
                maxProvidedLength,
                newSlots,
                federation,
                areLocalChecksAllowed);
    }

    /** The same with health checks of local addresses allowed or not. */
    public MetaSettings withLocalChecks(boolean areAllowed) {
        return new MetaSettings(
                lease,
                dataAbsence,
                electionGrace,
                answerWithin,
                leaderWithin,
                maxMembers,
                maxProvided,
                maxProvidedLength,
                slots,
                federation,
                areAllowed);
    }

    /** Time between two looks at the leases and at silent nodes: a tenth of a lease or of the promotion time. */
    Duration tick() {
        Duration oftenest = slots.promotion().compareTo(lease) < 0 ? slots.promotion() : lease;
        return oftenest.dividedBy(10);
    }

    private static void require(boolean holds, String key, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("meta." + key + " is " + value + ", it must be " + rule);
        }
    }
}
