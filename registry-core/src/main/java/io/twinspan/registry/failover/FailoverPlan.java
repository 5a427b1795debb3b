package io.twinspan.registry.failover;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.message.Holdings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a failover would do, and whether it should. Pure: the same facts, the same plan.
 *
 * @param refusal why it cannot be, forced or not; empty when it can
 * @param against why a planned run should not be, one reason each; none for GO
 * @param losses what a forced run gives up
 * @param lines what was found, for operators
 * @param steps that a run would take
 */
public record FailoverPlan(
        FailoverFacts facts,
        String refusal,
        List<String> against,
        List<String> losses,
        List<String> lines,
        List<FailoverStep> steps) {
    /** What moves clients without a decision on duty. */
    private static final Set<FailoverStep> GATHERING = EnumSet.of(
            FailoverStep.HOLD_SHRINK, FailoverStep.WARM, FailoverStep.IN_SYNC, FailoverStep.MOVE, FailoverStep.RELEASE);

    /** A lag above this speaks against a planned run, in seconds. */
    private static final double MOST_LAG_SECONDS = 30;

    /** So much may the clocks of two metas differ. */
    private static final long MOST_AHEAD_MILLIS = 5_000;

    private static final String IN_ORDER = "o";
    private static final String ALONE = "a";

    /** Epoch, time, and what would be done. */
    private static final Pattern TOKEN = Pattern.compile("(.+)-([0-9]{1,18})-([oa][0-9a-f]{1,8})");

    /** Copies. */
    public FailoverPlan {
        against = List.copyOf(against);
        losses = List.copyOf(losses);
        lines = List.copyOf(lines);
        steps = List.copyOf(steps);
    }

    /** The plan for these facts. */
    public static FailoverPlan of(FailoverFacts facts) {
        String refusal = refusal(facts);
        if (!refusal.isEmpty()) {
            return new FailoverPlan(facts, refusal, List.of(), List.of(), List.of(), List.of());
        }
        DatacenterId from = facts.from().orElse(facts.to());
        FailoverFacts.Side source = facts.source();
        List<String> lines = new ArrayList<>();
        lines.add(side(facts.target()));
        lines.add(source == null ? from + " does not answer" : side(source));
        facts.target().of(from).ifPresent(held -> lines.addAll(held(facts.to(), held)));
        if (source != null) {
            source.of(facts.to()).ifPresent(held -> lines.addAll(held(from, held)));
            lines.add(source.clients() + " clients will move, with " + source.totals() + "; " + facts.to()
                    + " has room for "
                    + Math.max(0, facts.target().room() - facts.target().clients()) + " more");
        }
        return new FailoverPlan(facts, "", against(facts, from), losses(facts, from), lines, steps(facts));
    }

    /** True when nothing speaks against a planned run. */
    public boolean isGo() {
        return refusal.isEmpty() && against.isEmpty();
    }

    /** Names what was planned on, the epoch, the time and whether the other side answered, and the steps. */
    public String token() {
        return epochWords(facts.state().epoch()) + "-" + facts.atMillis() + "-" + kind();
    }

    /**
     * Why a run of this plan may not begin on another one; empty when it may.
     *
     * @param token of the plan that the operator has seen
     * @param mostMillis how old that may be
     */
    public String difference(String token, long mostMillis) {
        Matcher planned = TOKEN.matcher(token);
        if (!planned.matches()) {
            return "'" + token + "' names no plan; 'twinspan failover plan' does";
        }
        String epoch = planned.group(1);
        String now = epochWords(facts.state().epoch());
        if (!epoch.equals(now)) {
            return "the plan was computed on epoch " + epoch.replaceFirst("-", "/") + ", it is "
                    + now.replaceFirst("-", "/") + " now; plan again";
        }
        long age = facts.atMillis() - Long.parseLong(planned.group(2));
        if (age > mostMillis) {
            return "the plan is " + age / 1_000 + " s old, and the state it was computed on may be gone; plan again";
        }
        if (age < -MOST_AHEAD_MILLIS) {
            return "the plan is of a time " + -age / 1_000 + " s ahead: the clocks of the metas of " + facts.to()
                    + " differ; plan again";
        }
        return planned.group(3).equals(kind()) ? "" : otherKind(planned.group(3).startsWith(IN_ORDER)) + "; plan again";
    }

    private String otherKind(boolean wasInOrder) {
        String from = facts.from().orElse(facts.to()).name();
        boolean isInOrder = facts.source() != null;
        if (wasInOrder == isInOrder) {
            return "the steps of the plan were others; they are " + steps + " now";
        }
        return wasInOrder
                ? "the plan was to move the clients of " + from + " in order, and " + from + " does not answer now"
                : "the plan was to go without " + from + ", and " + from + " answers now";
    }

    /** What would be done: to move clients in order, or to do without them, is no detail of a plan. */
    private String kind() {
        String from = facts.from().map(DatacenterId::name).orElse("");
        return (facts.source() == null ? ALONE : IN_ORDER) + Integer.toHexString((from + steps).hashCode());
    }

    private static String refusal(FailoverFacts facts) {
        if (!facts.known().contains(facts.to())) {
            return "datacenter " + facts.to() + " is unknown; known are " + new TreeSet<>(facts.known());
        }
        if (!facts.state().isDecided()) {
            return "nothing has been decided about duty yet: 'twinspan federation init --active DATACENTER' does that";
        }
        if (facts.state().isConflict()) {
            return "epoch " + facts.state().epoch() + " is in CONFLICT with "
                    + new TreeSet<>(facts.state().contested())
                    + "; 'twinspan federation confirm --active DATACENTER' first, which also says who is active";
        }
        String running = facts.target().running()
                + (facts.source() == null ? "" : facts.source().running());
        if (!running.isEmpty()) {
            return "run " + running + " is not over yet; 'twinspan failover status' shows it";
        }
        return facts.from().equals(Optional.of(facts.to()))
                ? "datacenter " + facts.to() + " is active already, by epoch "
                        + facts.state().epoch()
                : "";
    }

    private static List<String> against(FailoverFacts facts, DatacenterId from) {
        List<String> against = new ArrayList<>();
        FailoverFacts.Side target = facts.target();
        FailoverFacts.Side source = facts.source();
        FederationEpoch epoch = facts.state().epoch();
        if (source == null) {
            against.add(from + " does not answer: its clients cannot be moved in order (--force gives that up)");
        } else {
            against(source, epoch, against);
            if (source.clients() > target.room() - target.clients()) {
                against.add(source.clients() + " clients would come, and " + target.datacenter() + " has room for "
                        + Math.max(0, target.room() - target.clients()) + " more");
            }
        }
        if (facts.state().duty(facts.to()) == Duty.DOWN) {
            against.add(facts.to() + " is taken out: 'twinspan standby in --dc " + facts.to() + "' when it is in sync");
        }
        against(target, epoch, against);
        Optional<Holdings.OfPeer> held = target.of(from);
        if (source != null && held.isEmpty()) {
            against.add(facts.to() + " knows nothing of the services of " + from);
        }
        held.filter(each -> !Set.of("SYNCED", "LAGGING").contains(each.word()))
                .ifPresent(each -> against.add("the sync from " + from + " is " + each.word()));
        held.filter(each -> each.lagSeconds() > MOST_LAG_SECONDS)
                .ifPresent(each -> against.add(
                        facts.to() + " is " + Math.round(each.lagSeconds()) + " s behind what " + from + " has said"));
        return against;
    }

    private static void against(FailoverFacts.Side side, @Nullable FederationEpoch epoch, List<String> against) {
        if (side.sessions() == 0) {
            against.add(side.datacenter() + " has no session that answers");
        }
        if (side.silent() > 0) {
            against.add(side.silent() + " nodes of " + side.datacenter() + " do not answer");
        }
        if (!side.isSettled()) {
            against.add("slots of " + side.datacenter() + " are still warming");
        }
        if (epoch != null && !epoch.equals(side.epoch())) {
            against.add(side.datacenter() + " follows epoch " + side.epoch() + ", not " + epoch);
        }
    }

    private static List<String> losses(FailoverFacts facts, DatacenterId from) {
        List<String> losses = new ArrayList<>();
        Optional<Holdings.OfPeer> held = facts.target().of(from);
        if (held.isEmpty()) {
            losses.add("everything of " + from + ": nothing of it is known in " + facts.to());
        }
        held.filter(each -> each.known() > each.held())
                .ifPresent(each -> losses.add((each.known() - each.held()) + " services of " + from
                        + " of which only the version is known in " + facts.to()
                        + (facts.source() == null ? "" : ", as far as they cannot be fetched")
                        + (each.byVersionOnly().isEmpty() ? "" : ": " + String.join(", ", each.byVersionOnly()))));
        held.filter(each -> each.lagSeconds() > 1)
                .ifPresent(each -> losses.add("what changed in " + from + " in the last "
                        + Math.round(each.lagSeconds()) + " s before the sync stopped"));
        if (facts.source() == null) {
            losses.add("the orderly way of the clients of " + from
                    + ": they come when they notice, and lists may shrink meanwhile");
        }
        return losses;
    }

    private static List<FailoverStep> steps(FailoverFacts facts) {
        return Stream.of(FailoverStep.values())
                .filter(step -> facts.isGathering()
                        ? GATHERING.contains(step)
                        : step.isHooks()
                                ? facts.hooked().contains(step)
                                : facts.source() != null || step == FailoverStep.COMMIT)
                .toList();
    }

    private static String side(FailoverFacts.Side side) {
        return side.datacenter() + ": " + side.sessions() + " sessions with " + side.clients() + " clients, "
                + side.services() + " services of " + side.publishers() + " publishers";
    }

    private static List<String> held(DatacenterId at, Holdings.OfPeer of) {
        List<String> lines = new ArrayList<>();
        lines.add(at + " knows " + of.known() + " services of " + of.peer() + " and holds " + of.held() + " of them ("
                + Math.max(0, of.known() - of.held()) + " by version only, " + of.stale() + " unconfirmed for long), "
                + of.word()
                + (of.lagSeconds() < 0 ? "" : String.format(Locale.ROOT, ", %.1f s behind", of.lagSeconds())));
        if (!of.byVersionOnly().isEmpty()) {
            lines.add("of these services of " + of.peer() + " " + at + " has not the newest addresses: "
                    + String.join(", ", of.byVersionOnly()));
        }
        return lines;
    }

    private static String epochWords(@Nullable FederationEpoch epoch) {
        return epoch == null ? "0" : epoch.number() + "-" + epoch.issuer();
    }
}
