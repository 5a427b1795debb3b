package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.node.meta.MetaCommand.PutProvided;
import io.twinspan.registry.node.meta.MetaCommand.RemoveProvided;
import io.twinspan.registry.node.meta.federation.LocalConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes provided configuration through the group's log. The stages complete with a refusal, empty when it was carried out. */
final class ProvidedWriter implements LocalConfig {
    private static final Logger LOG = LoggerFactory.getLogger(ProvidedWriter.class);

    /** Sessions number what they push as twice the version and perhaps one: from here on a change would not reach clients. */
    private static final long TOO_LARGE = Long.MAX_VALUE / 2;

    private final MetaPorts ports;
    private final MetaReplica replica;
    private final MetaSettings settings;

    ProvidedWriter(MetaPorts ports, MetaReplica replica, MetaSettings settings) {
        this.ports = ports;
        this.replica = replica;
        this.settings = settings;
    }

    /** @throws IllegalArgumentException when the value is too long, the version too large, or there are too many */
    CompletionStage<String> put(DataInfoId id, long version, String data) {
        return put(id, version, data, "put here");
    }

    /**
     * @param by why, for operators
     * @throws IllegalArgumentException when the value is too long, the version too large, or there are too many
     */
    CompletionStage<String> put(DataInfoId id, long version, String data, String by) {
        String excess = excess(id, version, data, 0);
        if (!excess.isEmpty()) {
            throw new IllegalArgumentException(excess);
        }
        return ports.log().propose(MetaCodec.encode(new PutProvided(id, version, data, note(by, false))));
    }

    /**
     * @param version 0 for one above the stored one
     * @param by why, for operators
     * @throws IllegalArgumentException when the version is too large
     */
    CompletionStage<String> remove(DataInfoId id, long version, String by) {
        if (version >= TOO_LARGE) {
            throw new IllegalArgumentException("version " + version + " is too large, it must be below " + TOO_LARGE);
        }
        return ports.log().propose(MetaCodec.encode(new RemoveProvided(id, version, note(by, false))));
    }

    @Override
    public Map<DataInfoId, ProvidedValue> values() {
        return replica.state().provided();
    }

    @Override
    public CompletionStage<Void> adopt(List<ProvidedValue> values, DatacenterId from, String by) {
        List<AdoptProvided.Adopted> adopted = new ArrayList<>();
        int added = 0;
        for (ProvidedValue value : values) {
            String excess = excess(value.id(), value.version(), value.data(), added);
            if (!excess.isEmpty()) {
                LOG.warn("configuration of a peer is not taken id={} peer={} why={}", value.id(), from, excess);
                continue;
            }
            added += values().containsKey(value.id()) ? 0 : 1;
            adopted.add(new AdoptProvided.Adopted(
                    value.id(), new ProvidedEdit(value.version(), value.data(), note(by, true))));
        }
        if (adopted.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return ports.log().propose(MetaCodec.encode(new AdoptProvided(adopted))).thenAccept(refusal -> {
            if (!refusal.isEmpty()) {
                throw new IllegalStateException(refusal);
            }
        });
    }

    private String excess(DataInfoId id, long version, @Nullable String data, int added) {
        if (version >= TOO_LARGE) {
            return "version " + version + " is too large, it must be below " + TOO_LARGE;
        }
        if (data != null && data.length() > settings.maxProvidedLength()) {
            return "data has " + data.length() + " characters, " + settings.maxProvidedLength()
                    + " are allowed (meta.max-provided-length)";
        }
        int known = values().size() + added;
        return !values().containsKey(id) && known >= settings.maxProvided()
                ? "there are " + known + " provided values already, meta.max-provided allows no more"
                : "";
    }

    private ProvidedNote note(String by, boolean isForeign) {
        return new ProvidedNote(ports.clock().physicalMillis(), by, isForeign);
    }
}
