package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ConfigStatus;
import io.twinspan.registry.message.FetchConfigStatus;
import io.twinspan.registry.message.FetchWatchers;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.ProvidedDigest;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.message.WatcherState;
import io.twinspan.registry.message.Watchers;
import io.twinspan.registry.node.meta.federation.FederatedConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a provided value has arrived: in which datacenters, and at which of their clients. */
final class ConfigView {
    private static final Duration SESSION_WITHIN = Duration.ofMillis(900);

    private final DatacenterId datacenter;
    private final MetaReplica replica;
    private final MetaPorts ports;
    private final FederatedConfig federation;

    ConfigView(DatacenterId datacenter, MetaReplica replica, MetaPorts ports, FederatedConfig federation) {
        this.datacenter = datacenter;
        this.replica = replica;
        this.ports = ports;
        this.federation = federation;
    }

    /** What may be asked, by path. */
    Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> questions() {
        return Map.of("/persistentData/status", this::status, "/persistentData/history", this::history);
    }

    /** How one value stands here; sessions that do not answer are counted. The stage does not fail. */
    CompletionStage<ConfigStatus> here(DataInfoId id) {
        List<WatcherState> watchers = new ArrayList<>();
        int[] silent = {0};
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        for (Member session : replica.state().cluster(datacenter).inRole(NodeRole.SESSION)) {
            Endpoint endpoint = session.endpoints().get(NodePort.SESSION_CONSOLE);
            CompletionStage<Watchers> answer = endpoint == null
                    ? CompletableFuture.failedFuture(new IllegalArgumentException("no port for questions"))
                    : ports.metas().client().call(endpoint, new FetchWatchers(id), SESSION_WITHIN);
            CompletionStage<Void> taken = answer.handleAsync(
                    (told, failure) -> {
                        if (told == null) {
                            silent[0]++;
                        } else {
                            watchers.addAll(told.watchers());
                        }
                        return null;
                    },
                    ports.loop());
            all = all.thenCombine(taken, (first, second) -> null);
        }
        ProvidedValue value = replica.state().ledger().find(id);
        ProvidedDigest held = value == null ? ProvidedDigest.none(id) : ProvidedDigest.of(value);
        return all.thenApply(done -> new ConfigStatus(held, watchers, silent[0]));
    }

    private CompletionStage<OperatorAnswer> status(OperatorCall call) {
        Optional<DataInfoId> id = id(call);
        return CompletableFuture.supplyAsync(() -> id.map(this::statusOf).orElseGet(this::statusOfAll), ports.loop())
                .thenCompose(answer -> answer);
    }

    private CompletionStage<OperatorAnswer> statusOfAll() {
        Map<String, @Nullable Object> body = OperatorAnswers.body(true, null);
        Map<DataInfoId, ProvidedValue> values = replica.state().provided();
        body.put("datacenter", datacenter.name());
        body.put(
                "values",
                values.values().stream().filter(value -> value.data() != null).count());
        body.put(
                "removed",
                values.values().stream().filter(value -> value.data() == null).count());
        body.put(
                "peers",
                federation.standings().stream()
                        .map(peer -> {
                            Map<String, @Nullable Object> row = new LinkedHashMap<>();
                            row.put("datacenter", peer.peer().name());
                            row.put("state", peer.word().name());
                            row.put("compared", time(peer.comparedMillis()));
                            row.put("queued", peer.queued());
                            row.put("trouble", peer.trouble().isEmpty() ? null : peer.trouble());
                            return row;
                        })
                        .toList());
        body.put(
                "conflicts",
                federation.conflicts().stream()
                        .map(conflict -> {
                            Map<String, @Nullable Object> row = row(conflict.id());
                            row.put("version", Long.toString(conflict.version()));
                            row.put("peer", conflict.peer().name());
                            row.put(
                                    "kept",
                                    conflict.isOursKept()
                                            ? datacenter.name()
                                            : conflict.peer().name());
                            row.put("at", time(conflict.atMillis()));
                            return row;
                        })
                        .toList());
        return CompletableFuture.completedFuture(OperatorAnswers.answer(OperatorAnswers.OK, body));
    }

    private CompletionStage<OperatorAnswer> statusOf(DataInfoId id) {
        CompletionStage<Map<DatacenterId, ConfigStatus>> there = federation.askAll(new FetchConfigStatus(id));
        return here(id).thenCombineAsync(there, (own, peers) -> statusOf(id, own, peers), ports.loop());
    }

    private OperatorAnswer statusOf(DataInfoId id, ConfigStatus own, Map<DatacenterId, ConfigStatus> peers) {
        Map<DatacenterId, ConfigStatus> all = new TreeMap<>(peers);
        all.put(datacenter, own);
        long newest = all.values().stream()
                .mapToLong(status -> status.held().version())
                .max()
                .orElse(0);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        all.forEach((each, status) -> rows.add(row(each, status, newest)));
        federation.standings().stream()
                .filter(peer -> !peers.containsKey(peer.peer()))
                .forEach(peer -> {
                    Map<String, @Nullable Object> row = new LinkedHashMap<>();
                    row.put("datacenter", peer.peer().name());
                    row.put("version", null);
                    row.put("trouble", peer.trouble());
                    rows.add(row);
                });
        Map<String, @Nullable Object> body = OperatorAnswers.body(true, null);
        body.putAll(row(id));
        body.put("version", Long.toString(newest));
        body.put("datacenters", rows);
        return OperatorAnswers.answer(OperatorAnswers.OK, body);
    }

    private static Map<String, @Nullable Object> row(DatacenterId each, ConfigStatus status, long newest) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("datacenter", each.name());
        row.put("version", Long.toString(status.held().version()));
        row.put("isCurrent", status.held().version() == newest);
        row.put(
                "consumers",
                status.watchers().stream()
                        .sorted(Comparator.comparing(WatcherState::client).thenComparing(WatcherState::registId))
                        .map(watcher -> {
                            Map<String, @Nullable Object> consumer = new LinkedHashMap<>();
                            consumer.put("client", watcher.client());
                            consumer.put("registerId", watcher.registId());
                            consumer.put("acknowledged", Long.toString(watcher.acknowledged()));
                            consumer.put("isCurrent", watcher.acknowledged() >= newest);
                            return consumer;
                        })
                        .toList());
        row.put("silentSessions", status.silentSessions());
        return row;
    }

    private CompletionStage<OperatorAnswer> history(OperatorCall call) {
        DataInfoId id = id(call).orElseThrow(() -> new IllegalArgumentException("dataInfoId or dataId is missing"));
        Map<String, @Nullable Object> body = OperatorAnswers.body(true, null);
        body.putAll(row(id));
        List<Map<String, @Nullable Object>> versions = new ArrayList<>();
        for (ProvidedEdit edit : replica.state().ledger().edits(id)) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("version", Long.toString(edit.version()));
            row.put("at", time(edit.note().atMillis()));
            row.put("by", edit.note().by());
            row.put("data", edit.data());
            versions.add(row);
        }
        body.put("versions", versions);
        return CompletableFuture.completedFuture(OperatorAnswers.answer(OperatorAnswers.OK, body));
    }

    private static Optional<DataInfoId> id(OperatorCall call) {
        Optional<String> whole = OperatorAnswers.field(call, "dataInfoId");
        if (whole.isPresent()) {
            return whole.map(DataInfoId::parse);
        }
        return OperatorAnswers.field(call, "dataId")
                .map(dataId -> new DataInfoId(
                        dataId,
                        OperatorAnswers.field(call, "instanceId").orElse(DataInfoId.DEFAULT_INSTANCE_ID),
                        OperatorAnswers.field(call, "group").orElse(DataInfoId.DEFAULT_GROUP)));
    }

    private static Map<String, @Nullable Object> row(DataInfoId id) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("dataId", id.dataId());
        row.put("instanceId", id.instanceId());
        row.put("group", id.group());
        return row;
    }

    private static @Nullable String time(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
    }
}
