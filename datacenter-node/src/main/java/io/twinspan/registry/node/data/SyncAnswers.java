package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.sync.PeerLag;
import io.twinspan.registry.sync.PeerStatus;
import io.twinspan.registry.sync.SyncStatus;
import io.twinspan.registry.sync.Verification;
import io.twinspan.registry.sync.announce.SlotLag;
import io.twinspan.registry.sync.announce.TableCounts;
import io.twinspan.registry.sync.announce.TableFacts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the sync says of itself, as JSON fields in the order in which they are shown. Pure. */
final class SyncAnswers {
    private SyncAnswers() {}

    static Map<String, Object> shown(SyncStatus status) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("datacenter", status.own().name());
        answer.put("node", status.node().value());
        answer.put("writing", status.isConnected());
        answer.put("problem", status.problem());
        answer.put("ledSlots", status.ledSlots());
        answer.put("announced", status.announced());
        answer.put("waiting", status.waiting());
        answer.put("notTaken", status.notTaken());
        answer.put("fulls", status.fulls());
        answer.put("peers", status.peers().stream().map(SyncAnswers::shown).toList());
        return answer;
    }

    private static Map<String, Object> shown(PeerStatus peer) {
        TableFacts facts = peer.facts();
        TableCounts counts = peer.counts();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("peer", peer.peer().name());
        answer.put("state", peer.state().name());
        answer.put("stateSeconds", seconds(peer.stateFor()));
        answer.put("path", peer.path().name().toLowerCase(Locale.ROOT));
        answer.put("pathSeconds", seconds(peer.pathFor()));
        answer.put("reading", peer.isReading());
        answer.put("problem", peer.problem());
        answer.put("services", facts.services());
        answer.put("slotsInOrder", facts.slotsInOrder());
        answer.put("slotsInDoubt", facts.slotsInDoubt());
        answer.put("lagVersions", facts.lag());
        answer.put("lagSeconds", peer.lagSeconds());
        answer.put("inDoubtSeconds", seconds(facts.inDoubtFor()));
        answer.put("awaitsSummary", facts.awaitsSummary());
        answer.put("heldShrink", facts.held());
        answer.put("futureVersions", facts.aside());
        answer.put("changed", counts.changed());
        answer.put("repeated", counts.repeated());
        answer.put("refused", counts.refused());
        answer.put("poisoned", counts.poisoned());
        answer.put("laterFormat", counts.newer());
        answer.put("pulls", counts.pulls());
        answer.put("installed", counts.installed());
        answer.put("bytes", peer.bytes());
        answer.put("fetched", peer.fetched());
        answer.put("confirmed", peer.confirmed());
        answer.put("notAnswered", peer.notAnswered());
        answer.put("fetching", peer.waiting());
        answer.put("lastRecordMillis", peer.lastRecordMillis());
        answer.put("breaker", peer.fetches().breaker().name().toLowerCase(Locale.ROOT));
        answer.put("fetchesInFlight", peer.fetches().inFlight());
        answer.put("fetchesRefused", peer.fetches().refused());
        answer.put("waitingWarm", peer.fetches().waitingWarm());
        answer.put("warmBytes", peer.fetches().warmBytes());
        answer.put("corrected", peer.fetches().corrected());
        answer.put("raised", peer.fetches().raised());
        answer.put(
                "tooBig",
                peer.fetches().tooBig().stream().map(DataInfoId::toString).toList());
        return answer;
    }

    static Map<String, Object> shown(Verification found) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("peer", found.peer().name());
        answer.put("agreed", found.isAgreed());
        answer.put("problem", found.problem());
        for (Verification.Verdict verdict : Verification.Verdict.values()) {
            answer.put(name(verdict), found.count(verdict));
        }
        answer.put("slots", found.slots().stream().map(SyncAnswers::shown).toList());
        answer.put(
                "differences",
                found.differences().stream().map(SyncAnswers::shown).toList());
        return answer;
    }

    private static Map<String, Object> shown(Verification.OfSlot slot) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("slot", slot.slot().number());
        answer.put("verdict", name(slot.verdict()));
        slot.here().ifPresent(root -> answer.put("here", shown(root)));
        slot.there().ifPresent(root -> answer.put("there", shown(root)));
        return answer;
    }

    private static Map<String, Object> shown(SlotRoot root) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("incarnation", root.order().incarnation().toString());
        answer.put("epoch", root.order().epoch().toString());
        answer.put("sequence", Long.toString(root.order().sequence()));
        answer.put("count", root.count());
        answer.put("root", root.root().toString());
        return answer;
    }

    private static Map<String, Object> shown(Verification.Difference difference) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("dataInfoId", difference.id().toString());
        answer.put("place", difference.place().name());
        difference.known().ifPresent(entry -> answer.put("known", shown(entry)));
        difference.found().ifPresent(entry -> answer.put("found", shown(entry)));
        return answer;
    }

    private static Map<String, Object> shown(DigestEntry entry) {
        return Map.of(
                "version",
                entry.version().toString(),
                "count",
                entry.count(),
                "contentHash",
                Integer.toHexString(entry.contentHash()));
    }

    private static String name(Verification.Verdict verdict) {
        return switch (verdict) {
            case AGREE -> "agree";
            case DIFFER -> "differ";
            case NOT_COMPARABLE_YET -> "notComparableYet";
        };
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    static Map<String, Object> shown(PeerLag lag) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("peer", lag.peer().name());
        answer.put("slotsBehind", lag.slotsBehind());
        answer.put("slots", lag.slots().stream().map(SyncAnswers::shown).toList());
        answer.put("servicesBehind", lag.servicesBehind());
        answer.put("services", lag.services().stream().map(SyncAnswers::shown).toList());
        return answer;
    }

    private static Map<String, Object> shown(SlotLag slot) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("slot", slot.slot().number());
        answer.put("versions", slot.places());
        answer.put("seconds", seconds(slot.inDoubtFor()));
        answer.put("differing", slot.isDiffering());
        answer.put("asked", slot.asked());
        answer.put("notHealing", slot.isNotHealing());
        return answer;
    }

    private static Map<String, Object> shown(PeerLag.OfService service) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("dataInfoId", service.id().toString());
        answer.put("announced", service.announced().toString());
        answer.put("held", service.held().toString());
        answer.put("seconds", seconds(service.behindFor()));
        return answer;
    }

    /** At most so many services by name, and how many there are. */
    static Map<String, Object> held(DatacenterId peer, List<DigestEntry> held, int most) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("peer", peer.name());
        answer.put("held", held.size());
        answer.put(
                "services",
                held.stream()
                        .limit(most)
                        .map(entry -> Map.of(
                                "dataInfoId", entry.id().toString(),
                                "version", entry.version().toString()))
                        .toList());
        return answer;
    }
}
