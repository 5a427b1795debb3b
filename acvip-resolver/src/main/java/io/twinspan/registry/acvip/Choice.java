package io.twinspan.registry.acvip;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which a domain's addresses are chosen (DESIGN §10). Those of a datacenter of the best duty go first; among them those of
 * the own zone, then of the own datacenter, then of others. The first such group that has a healthy one is answered: its healthy
 * ones, or all of it when fewer than the protect threshold are healthy. Where nobody is healthy, the first group is answered whole,
 * because checks that find nobody well are more often wrong than right. Pure.
 *
 * @param chosen what is answered, sorted by address
 * @param reasons of every candidate, sorted by address
 * @param isProtected true when unhealthy ones are answered
 */
public record Choice(List<Candidate> chosen, List<Reason> reasons, boolean isProtected) {
    private static final int PERCENT = 100;

    /** Why a candidate is in or out. */
    public record Reason(Candidate candidate, boolean isIn, String why) {}

    /**
     * How a domain is answered.
     *
     * @param protectPercent when fewer than this share of a group are healthy, the whole group is answered
     * @param isOneDatacenter true when an answer must not mix datacenters
     */
    public record Rule(int protectPercent, boolean isOneDatacenter) {}

    /** A group of candidates that are equally near. */
    private record Group(int rank, int distance, String datacenter) implements Comparable<Group> {
        private static final Comparator<Group> ORDER = Comparator.comparingInt(Group::rank)
                .thenComparingInt(Group::distance)
                .thenComparing(Group::datacenter);

        @Override
        public int compareTo(Group other) {
            return ORDER.compare(this, other);
        }

        String word(Duties duties) {
            String duty = duties.epoch() == null ? "" : "duty " + (rank == 0 ? "ACTIVE" : "not ACTIVE") + ", ";
            return duty
                    + switch (distance) {
                        case 0 -> "own zone";
                        case 1 -> "own datacenter";
                        default -> "elsewhere";
                    };
        }
    }

    /** Copies the lists. */
    public Choice {
        chosen = List.copyOf(chosen);
        reasons = List.copyOf(reasons);
    }

    /** Chooses for a place. */
    public static Choice of(Place place, Duties duties, Rule rule, List<Candidate> candidates) {
        Map<Group, List<Candidate>> groups = new TreeMap<>();
        List<Candidate> usable =
                candidates.stream().filter(each -> each.weight() > 0).toList();
        for (Candidate each : usable) {
            for (Group group : groupsOf(place, duties, rule, each)) {
                groups.computeIfAbsent(group, key -> new ArrayList<>()).add(each);
            }
        }
        Group group = groups.entrySet().stream()
                .filter(each -> each.getValue().stream().anyMatch(Candidate::isHealthy))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(groups.isEmpty() ? null : groups.keySet().iterator().next());
        List<Candidate> members = group == null ? List.of() : groups.getOrDefault(group, List.of());
        List<Candidate> healthy = members.stream().filter(Candidate::isHealthy).toList();
        boolean isProtected = healthy.size() < members.size()
                && (healthy.isEmpty() || healthy.size() * PERCENT < rule.protectPercent() * members.size());
        List<Candidate> chosen = sorted(isProtected ? members : healthy);
        List<Reason> reasons = new ArrayList<>();
        for (Candidate each : sorted(candidates)) {
            boolean isIn = chosen.contains(each);
            String why = isIn && group != null
                    ? group.word(duties) + "; "
                            + (each.isHealthy() ? each.health() : protectedWord(rule, healthy, members))
                    : out(place, duties, each, group, members);
            reasons.add(new Reason(each, isIn, why));
        }
        return new Choice(chosen, reasons, isProtected);
    }

    /** An address of the own zone is one of the own datacenter too: when the zone has nobody left, the whole datacenter is next. */
    private static List<Group> groupsOf(Place place, Duties duties, Rule rule, Candidate each) {
        int rank = duties.rank(each.datacenter());
        boolean isOwn = each.datacenter().equals(place.datacenter());
        if (!isOwn) {
            String name = rule.isOneDatacenter() ? each.datacenter().name() : "";
            return List.of(new Group(rank, 2, name));
        }
        Group whole = new Group(rank, 1, "");
        boolean isOwnZone = !place.zone().isEmpty() && place.zone().equals(each.zone());
        return isOwnZone ? List.of(new Group(rank, 0, ""), whole) : List.of(whole);
    }

    private static String protectedWord(Rule rule, List<Candidate> healthy, List<Candidate> members) {
        return healthy.isEmpty()
                ? "not healthy, and nobody is: all are answered"
                : "not healthy, but only " + healthy.size() + " of " + members.size() + " are, below the threshold of "
                        + rule.protectPercent() + " %: all are answered";
    }

    private static String out(
            Place place, Duties duties, Candidate each, @Nullable Group group, List<Candidate> members) {
        if (each.weight() == 0) {
            return "weight 0";
        }
        if (members.contains(each)) {
            return "not healthy: " + each.health();
        }
        if (group == null) {
            return "nothing is answered";
        }
        DatacenterId datacenter = each.datacenter();
        if (duties.rank(datacenter) > group.rank()) {
            return "datacenter " + datacenter + " is " + duties.word(datacenter) + ", and there is a better one";
        }
        if (duties.rank(datacenter) < group.rank() || !each.isHealthy()) {
            return "not healthy, nor is anybody beside it: " + each.health();
        }
        return group.distance() == 0
                ? "not in zone " + place.zone() + ", which has healthy ones"
                : "in datacenter " + datacenter + ", and a nearer one has healthy ones";
    }

    private static List<Candidate> sorted(List<Candidate> candidates) {
        return candidates.stream()
                .sorted(Comparator.comparing(Candidate::address))
                .toList();
    }
}
