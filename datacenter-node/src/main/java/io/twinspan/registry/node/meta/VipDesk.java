package io.twinspan.registry.node.meta;

import io.twinspan.registry.acvip.Vip;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.node.resolver.VipJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Operators' Vips. Each is provided configuration of a group of its own, so that it is agreed by raft, backed up, remembered with its
 * last versions, and offered to peers as all of that is; here it is read before it is stored, and shown.
 */
final class VipDesk {
    /** As other metas and HTTP know it. */
    static final String PATH = "/vips";

    private final MetaReplica replica;
    private final ProvidedWriter provided;
    private final ConfigDesk config;
    private final boolean areLocalChecksAllowed;

    VipDesk(MetaReplica replica, ProvidedWriter provided, ConfigDesk config, boolean areLocalChecksAllowed) {
        this.replica = replica;
        this.provided = provided;
        this.config = config;
        this.areLocalChecksAllowed = areLocalChecksAllowed;
    }

    /** What is kept for Vips is not to be written past this desk. */
    static void refuseVip(DataInfoId id) {
        if (id.group().equals(VipJson.GROUP)) {
            throw new IllegalArgumentException("group " + VipJson.GROUP + " holds Vips; set them by POST " + PATH
                    + "/put, which reads them first");
        }
    }

    /** The calls that change something, by path. */
    Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> changes() {
        return Map.of(PATH + "/put", this::put, PATH + "/remove", this::remove);
    }

    /** All Vips, or the one that is named. */
    OperatorAnswer show(OperatorCall call) {
        Optional<String> domain = OperatorAnswers.field(call, "domain");
        List<Map<String, Object>> rows = new ArrayList<>();
        replica.state().provided().values().stream()
                .filter(value -> value.id().group().equals(VipJson.GROUP) && value.data() != null)
                .filter(value -> domain.map(value.id().dataId()::equals).orElse(true))
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .forEach(value -> row(value).ifPresent(rows::add));
        Map<String, @Nullable Object> body = OperatorAnswers.body(true, null);
        body.put("vips", rows);
        return OperatorAnswers.answer(OperatorAnswers.OK, body);
    }

    private CompletionStage<OperatorAnswer> put(OperatorCall call) {
        Vip vip = VipJson.read(call.body());
        String refusal = areLocalChecksAllowed ? "" : vip.checkRefusal();
        if (!refusal.isEmpty()) {
            throw new IllegalArgumentException(refusal);
        }
        DataInfoId id = VipJson.key(vip.domain());
        long seen = seen(call, id);
        return whenUnchanged(id, seen)
                .orElseGet(() -> provided.put(id, seen + 1, VipJson.write(vip), "Vip set here")
                        .thenCompose(refused -> config.written(
                                id, refused, "Vip " + vip.domain() + " is set, as version " + (seen + 1))));
    }

    private CompletionStage<OperatorAnswer> remove(OperatorCall call) {
        ProvidedBody body = ProvidedBody.parse(call.body());
        String domain = body.name("domain");
        DataInfoId id = VipJson.key(domain);
        ProvidedValue stored = replica.state().ledger().find(id);
        if (stored == null || stored.data() == null) {
            return CompletableFuture.completedFuture(
                    OperatorAnswers.refused(OperatorAnswers.CONFLICT, "there is no Vip " + domain));
        }
        long seen = seen(call, id);
        return whenUnchanged(id, seen)
                .orElseGet(() -> provided.remove(id, seen + 1, "Vip removed here")
                        .thenCompose(refused -> config.written(id, refused, "Vip " + domain + " is removed")));
    }

    /** The version that the caller has seen; who names none means the one that is stored. */
    private long seen(OperatorCall call, DataInfoId id) {
        OptionalLong named = ProvidedBody.parse(call.body()).optionalVersion();
        ProvidedValue stored = replica.state().ledger().find(id);
        return named.orElse(stored == null ? 0 : stored.version());
    }

    private Optional<CompletionStage<OperatorAnswer>> whenUnchanged(DataInfoId id, long seen) {
        ProvidedValue stored = replica.state().ledger().find(id);
        long now = stored == null ? 0 : stored.version();
        return now == seen
                ? Optional.empty()
                : Optional.of(CompletableFuture.completedFuture(OperatorAnswers.refused(
                        OperatorAnswers.CONFLICT,
                        "Vip " + id.dataId() + " has version " + now + ", the change is of version " + seen
                                + "; look at it again, somebody has changed it meanwhile")));
    }

    private static Optional<Map<String, Object>> row(ProvidedValue value) {
        String data = value.data();
        if (data == null) {
            return Optional.empty();
        }
        Map<String, Object> row = new LinkedHashMap<>();
        try {
            row.putAll(VipJson.fields(VipJson.read(data)));
        } catch (IllegalArgumentException unreadable) {
            // It came from a peer of a later release, or was stored past this desk.
            row.put("domain", value.id().dataId());
            row.put("problem", String.valueOf(unreadable.getMessage()));
        }
        row.put("version", Long.toString(value.version()));
        return Optional.of(row);
    }
}
