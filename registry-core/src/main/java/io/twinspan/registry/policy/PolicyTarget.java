package io.twinspan.registry.policy;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import java.util.Comparator;

/**
 * What a rule is about. {@code *} stands for any text, in {@code service} also in the middle of one.
 *
 * @param peer name of a datacenter, or {@code *}
 * @param group of a service, or {@code *}
 * @param service pattern for the dataId of a service, for example {@code com.example.*}
 */
public record PolicyTarget(String peer, String group, String service) implements Comparable<PolicyTarget> {
    /** Everything. */
    public static final String ANY = "*";

    /** Longest pattern, in characters. */
    public static final int MOST_LENGTH = DataInfoId.MAX_LENGTH;

    private static final Comparator<PolicyTarget> MOST_SPECIFIC_FIRST = Comparator.comparing(PolicyTarget::isExact)
            .thenComparing(PolicyTarget::literals)
            .thenComparing(target -> !target.group.equals(ANY))
            .thenComparing(target -> !target.peer.equals(ANY))
            .reversed()
            .thenComparing(PolicyTarget::service)
            .thenComparing(PolicyTarget::group)
            .thenComparing(PolicyTarget::peer);

    /** Refuses blank parts, a peer that could not be a datacenter, and patterns that are too long. */
    public PolicyTarget {
        check("group", group);
        check("service", service);
        if (!peer.equals(ANY)) {
            new DatacenterId(peer);
        }
    }

    /** Every service of every peer. */
    public static PolicyTarget all() {
        return new PolicyTarget(ANY, ANY, ANY);
    }

    /** True when this is about some services of that peer. */
    boolean concerns(DatacenterId ofPeer) {
        return peer.equals(ANY) || peer.equals(ofPeer.name());
    }

    boolean isOfEveryService() {
        return group.equals(ANY) && service.chars().allMatch(each -> each == '*');
    }

    /** True when this is about the service as it is in that peer. */
    public boolean covers(DatacenterId ofPeer, DataInfoId id) {
        return concerns(ofPeer) && coversService(id);
    }

    /** True when this is about the service as it is in some peer. */
    public boolean coversService(DataInfoId id) {
        return (group.equals(ANY) || group.equals(id.group())) && fits(service, id.dataId());
    }

    /**
     * More specific targets come first: a whole name before a pattern, more letters before fewer, then a named group, then a named
     * peer. Equal only when it is the same target.
     */
    @Override
    public int compareTo(PolicyTarget other) {
        return MOST_SPECIFIC_FIRST.compare(this, other);
    }

    @Override
    public String toString() {
        return "peer=" + peer + " group=" + group + " service=" + service;
    }

    private boolean isExact() {
        return service.indexOf('*') < 0;
    }

    private int literals() {
        return (int) service.chars().filter(each -> each != '*').count();
    }

    /** Greedy from the left, with one step back to the last star: linear for every pattern that people write. */
    private static boolean fits(String pattern, String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int afterStar = 0;
        while (in < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                afterStar = in;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++afterStar;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    private static void check(String field, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " of a policy is empty; take * for any");
        }
        if (value.length() > MOST_LENGTH) {
            throw new IllegalArgumentException(field + " of a policy is longer than " + MOST_LENGTH + " characters");
        }
    }
}
