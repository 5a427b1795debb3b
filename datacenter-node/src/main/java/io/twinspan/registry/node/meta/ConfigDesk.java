package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.node.meta.federation.FederatedConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes of provided configuration that operators ask for. Each is stored here first and then offered to the peers, and the answer
 * says which datacenters have it.
 */
final class ConfigDesk {
    private final DatacenterId datacenter;
    private final MetaReplica replica;
    private final MetaPorts ports;
    private final ProvidedWriter provided;
    private final FederatedConfig federation;

    ConfigDesk(
            DatacenterId datacenter,
            MetaReplica replica,
            MetaPorts ports,
            ProvidedWriter provided,
            FederatedConfig federation) {
        this.datacenter = datacenter;
        this.replica = replica;
        this.ports = ports;
        this.provided = provided;
        this.federation = federation;
    }

    /** The calls that change something, by path. */
    Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> changes() {
        return Map.of(
                "/persistentData/put", this::put,
                "/persistentData/remove", this::remove,
                "/persistentData/rollback", this::rollback);
    }

    private CompletionStage<OperatorAnswer> put(OperatorCall call) {
        ProvidedBody body = ProvidedBody.parse(call.body());
        DataInfoId id = body.id();
        VipDesk.refuseVip(id);
        long version = body.version();
        return provided.put(id, version, body.data())
                .thenCompose(refusal -> written(id, refusal, "version " + version + " of " + id + " is stored"));
    }

    private CompletionStage<OperatorAnswer> remove(OperatorCall call) {
        ProvidedBody body = ProvidedBody.parse(call.body());
        DataInfoId id = body.id();
        return provided.remove(id, body.optionalVersion().orElse(0), "removed here")
                .thenCompose(refusal -> written(id, refusal, id + " is removed"));
    }

    /** What was once stored is stored again, under a version above everything since. */
    private CompletionStage<OperatorAnswer> rollback(OperatorCall call) {
        ProvidedBody body = ProvidedBody.parse(call.body());
        DataInfoId id = body.id();
        long to = body.number("to").orElseThrow(() -> new IllegalArgumentException("to is missing"));
        List<ProvidedEdit> edits = replica.state().ledger().edits(id);
        ProvidedEdit edit = edits.stream()
                .filter(each -> each.version() == to)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("version " + to + " of " + id
                        + " is not remembered; the versions are "
                        + edits.stream().map(ProvidedEdit::version).toList()));
        OptionalLong named = body.optionalVersion();
        ProvidedValue stored = replica.state().ledger().find(id);
        long version = named.orElse(stored == null ? 1 : stored.version() + 1);
        String by = "rolled back here to version " + to;
        String data = edit.data();
        return (data == null ? provided.remove(id, version, by) : provided.put(id, version, data, by))
                .thenCompose(refusal -> written(
                        id, refusal, "version " + version + " of " + id + " is stored, as version " + to + " was"));
    }

    /** The answer when a value was stored, or was not: who else has it now. */
    CompletionStage<OperatorAnswer> written(DataInfoId id, String refusal, String done) {
        if (!refusal.isEmpty()) {
            return CompletableFuture.completedFuture(OperatorAnswers.refused(OperatorAnswers.CONFLICT, refusal));
        }
        ProvidedValue stored = replica.state().ledger().find(id);
        if (stored == null || ports.metas().peers().isEmpty()) {
            return CompletableFuture.completedFuture(answer(done, Map.of()));
        }
        return CompletableFuture.supplyAsync(() -> federation.spread(stored), ports.loop())
                .thenCompose(peers -> peers)
                .thenApply(peers -> answer(done, peers));
    }

    private OperatorAnswer answer(String done, Map<DatacenterId, String> peers) {
        List<String> having = new ArrayList<>();
        having.add(datacenter.name());
        Map<String, String> missing = new TreeMap<>();
        peers.forEach((peer, trouble) -> {
            if (trouble.isEmpty()) {
                having.add(peer.name());
            } else {
                missing.put(peer.name(), trouble);
            }
        });
        Map<String, @Nullable Object> body = OperatorAnswers.body(true, done);
        body.put("datacenters", having);
        if (!missing.isEmpty()) {
            body.put("missing", missing);
        }
        return OperatorAnswers.answer(OperatorAnswers.OK, body);
    }
}
