package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.node.federation.FederationJson;
import io.twinspan.registry.node.json.JsonBody;
import io.twinspan.registry.node.meta.federation.DutyExchange;
import io.twinspan.registry.node.meta.federation.LocalDuty;
import io.twinspan.registry.runtime.PeerException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Duty of the datacenters, decided and shown here. Every decision is made on the epoch that is known, gets the next number, and is
 * offered to the peers at once; a decision on an epoch that is not the newest any more is refused.
 */
final class DutyDesk implements LocalDuty {
    static final String INIT = "/federation/v1/init";
    static final String CONFIRM = "/federation/v1/confirm";
    static final String STANDBY = "/federation/v1/standby";

    /** How long a decision waits for the peers; below what HTTP waits for the answer. */
    private static final Duration CONFIRM_WITHIN = Duration.ofMillis(1_500);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final DatacenterId own;
    private final MetaReplica replica;
    private final MetaPorts ports;
    private final DutyExchange exchange;
    private final BiFunction<DatacenterId, Boolean, CompletionStage<String>> readiness;

    /**
     * @param exchange told of decisions; asks this object for what is known
     * @param readiness why a datacenter that was taken out may not stand by yet, also while it lists what is over; empty when it may
     */
    DutyDesk(
            DatacenterId own,
            MetaReplica replica,
            MetaPorts ports,
            Function<LocalDuty, DutyExchange> exchange,
            BiFunction<DatacenterId, Boolean, CompletionStage<String>> readiness) {
        this.own = own;
        this.replica = replica;
        this.ports = ports;
        this.exchange = exchange.apply(this);
        this.readiness = readiness;
    }

    DutyExchange exchange() {
        return exchange;
    }

    /** The calls that change something, by path. */
    Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> changes() {
        return Map.of(
                INIT, call -> onLoop(() -> init(body(call, "active"))),
                CONFIRM, call -> onLoop(() -> confirm(body(call, "active"))),
                STANDBY, call -> onLoop(() -> standby(body(call, "datacenter", "position", "outdatedToo"))));
    }

    /** What may be asked, by path. */
    Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> questions() {
        return Map.of(
                FederationJson.STATUS_PATH, call -> onLoop(() -> CompletableFuture.completedFuture(status(null))));
    }

    @Override
    public FederationState state() {
        return replica.state().book().duty();
    }

    @Override
    public CompletionStage<String> follow(FederationState offered) {
        return ports.log().propose(MetaCodec.encode(new FollowDuty(offered)));
    }

    /** The datacenters of the federation, as they are configured here. */
    Set<DatacenterId> known() {
        Set<DatacenterId> known = new TreeSet<>(ports.metas().peers().keySet());
        known.add(own);
        return known;
    }

    /**
     * Decides, if nothing was decided since, and tells the peers.
     *
     * @param expected epoch that the decision is made on; null when there is none
     * @return empty when it is decided, else why not
     */
    CompletionStage<String> decide(@Nullable FederationEpoch expected, FederationState next) {
        return ports.log()
                .propose(MetaCodec.encode(new DecideDuty(expected, next)))
                .thenApplyAsync(
                        refusal -> {
                            exchange.soon();
                            return refusal;
                        },
                        ports.loop());
    }

    private CompletionStage<OperatorAnswer> init(JsonNode body) {
        DatacenterId active = datacenter(body, "active");
        FederationState before = state();
        if (before.isDecided()) {
            return refused("epoch " + before.epoch() + " has decided already that "
                    + before.active().map(Object::toString).orElse("none")
                    + " is active; 'init' is for the first decision, 'twinspan failover' for others");
        }
        return decided(before, before.next(own, FederationState.oneActive(active, known())));
    }

    private CompletionStage<OperatorAnswer> confirm(JsonNode body) {
        FederationState before = state();
        if (!before.isConflict()) {
            return refused("there is no conflict to confirm"
                    + (before.isDecided() ? "; epoch " + before.epoch() + " is not contested" : ""));
        }
        DatacenterId active = body.has("active")
                ? datacenter(body, "active")
                : before.active().orElse(own);
        Map<DatacenterId, Duty> duties = FederationState.oneActive(active, known());
        // Whoever is out has perhaps not heard of those who have gone meanwhile; 'standby in' looks at that.
        before.duties().forEach((each, duty) -> {
            if (duty == Duty.DOWN && !each.equals(active)) {
                duties.put(each, Duty.DOWN);
            }
        });
        return decided(before, before.settled(own, duties));
    }

    private CompletionStage<OperatorAnswer> standby(JsonNode body) {
        DatacenterId which = datacenter(body, "datacenter");
        String position = JsonBody.text(body, "position", "");
        if (!position.equals("in") && !position.equals("out")) {
            throw new IllegalArgumentException("position '" + position + "' is none of in, out");
        }
        boolean isOut = position.equals("out");
        boolean isOutdatedToo = JsonBody.flag(body, "outdatedToo");
        FederationState before = state();
        Duty duty = before.duty(which);
        if (!before.isDecided() || before.isConflict()) {
            return refused(
                    before.isDecided()
                            ? "epoch " + before.epoch() + " is in conflict; 'twinspan federation confirm' first"
                            : "nothing has been decided about duty yet; 'twinspan federation init' first");
        }
        if (duty == Duty.ACTIVE) {
            return refused("datacenter " + which + " is active; 'twinspan failover' to another one first");
        }
        if ((duty == Duty.DOWN) == isOut) {
            return refused("datacenter " + which + " is " + duty + " already, by epoch " + before.epoch());
        }
        Map<DatacenterId, Duty> duties = new HashMap<>(before.duties());
        duties.put(which, isOut ? Duty.DOWN : Duty.STANDBY);
        CompletionStage<String> ready =
                isOut ? CompletableFuture.completedFuture("") : readiness.apply(which, isOutdatedToo);
        return ready.thenComposeAsync(
                why -> why.isEmpty()
                        ? decided(before, before.next(own, duties))
                        : refused("datacenter " + which + " cannot stand by yet: " + why),
                ports.loop());
    }

    private CompletionStage<OperatorAnswer> decided(FederationState before, FederationState next) {
        Optional<String> running = replica.state().book().runs().running().map(run -> run.id());
        if (running.isPresent()) {
            return refused("failover " + running.get() + " is not over yet, and decides itself");
        }
        return decide(before.epoch(), next)
                .thenComposeAsync(
                        refusal -> refusal.isEmpty() ? confirmed(ports.loop().nanos()) : refused(refusal),
                        ports.loop());
    }

    /** The answer once all peers follow, or after a while without them. */
    private CompletionStage<OperatorAnswer> confirmed(long since) {
        FederationView view = exchange.view();
        if (view.isConfirmedByPeers() || ports.loop().nanos() - since > CONFIRM_WITHIN.toNanos()) {
            return CompletableFuture.completedFuture(status("decided: " + view.line()));
        }
        CompletableFuture<OperatorAnswer> answer = new CompletableFuture<>();
        ports.loop()
                .schedule(LOOK_EVERY, () -> confirmed(since).whenComplete((done, failure) -> answer.complete(done)));
        return answer;
    }

    private OperatorAnswer status(@Nullable String message) {
        Map<String, @Nullable Object> body = OperatorAnswers.body(true, message);
        body.putAll(FederationJson.fields(exchange.view()));
        List<Map<String, @Nullable Object>> peers =
                exchange.peers().stream().map(DutyDesk::row).toList();
        body.put("peers", peers);
        return OperatorAnswers.answer(OperatorAnswers.OK, body);
    }

    private static Map<String, @Nullable Object> row(DutyExchange.PeerDuty peer) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        FederationEpoch epoch = peer.epoch();
        row.put("datacenter", peer.peer().name());
        row.put("epoch", epoch == null ? null : new TreeMap<>(FederationJson.fields(epoch)));
        row.put("heardMillisAgo", peer.heardMillisAgo() < 0 ? null : peer.heardMillisAgo());
        row.put("trouble", peer.trouble());
        return row;
    }

    /** True when a datacenter has been heard in the last seconds, or is the own one. */
    boolean isHeard(DatacenterId datacenter) {
        return datacenter.equals(own)
                || exchange.peers().stream()
                        .anyMatch(peer -> peer.peer().equals(datacenter)
                                && peer.heardMillisAgo() >= 0
                                && peer.heardMillisAgo() <= DutyExchange.HEARD_FOR.toMillis());
    }

    private DatacenterId datacenter(JsonNode body, String field) {
        String name = JsonBody.text(body, field, "");
        if (name.isEmpty()) {
            throw new IllegalArgumentException(field + " is missing; it names a datacenter");
        }
        DatacenterId named = new DatacenterId(name);
        if (!known().contains(named)) {
            throw new IllegalArgumentException("datacenter " + named + " is unknown here; known are " + known());
        }
        return named;
    }

    /** @param known fields that are read; another would be a wish that nobody hears */
    private static JsonNode body(OperatorCall call, String... known) {
        JsonNode body = JsonBody.object(call.body());
        JsonBody.refuseOthers(body, Set.of(known), "the body");
        return body;
    }

    private static CompletionStage<OperatorAnswer> refused(String why) {
        return CompletableFuture.completedFuture(OperatorAnswers.refused(OperatorAnswers.CONFLICT, why));
    }

    private CompletionStage<OperatorAnswer> onLoop(Supplier<CompletionStage<OperatorAnswer>> task) {
        return CompletableFuture.supplyAsync(task, ports.loop())
                .thenCompose(answer -> answer)
                .exceptionally(DutyDesk::refusal);
    }

    /** Read on the loop, where a body that makes no sense fails the stage. */
    static OperatorAnswer refusal(Throwable failure) {
        Throwable cause = PeerException.unwrap(failure);
        return cause instanceof IllegalArgumentException
                ? OperatorAnswers.refused(OperatorAnswers.BAD_REQUEST, String.valueOf(cause.getMessage()))
                : OperatorAnswers.unavailable(failure);
    }
}
