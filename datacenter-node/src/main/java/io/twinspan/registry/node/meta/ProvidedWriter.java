package io.twinspan.registry.node.meta;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.node.meta.MetaCommand.PutProvided;
import io.twinspan.registry.node.meta.MetaCommand.RemoveProvided;
import java.util.concurrent.CompletionStage;

/** Changes provided configuration through the group's log. The stages complete with a refusal, empty when it was carried out. */
final class ProvidedWriter {
    private final CommandLog log;
    private final MetaReplica replica;
    private final MetaSettings settings;

    ProvidedWriter(CommandLog log, MetaReplica replica, MetaSettings settings) {
        this.log = log;
        this.replica = replica;
        this.settings = settings;
    }

    /** @throws IllegalArgumentException when the value is too long or there are too many */
    CompletionStage<String> put(DataInfoId id, long version, String data) {
        if (data.length() > settings.maxProvidedLength()) {
            throw new IllegalArgumentException("data has " + data.length() + " characters, "
                    + settings.maxProvidedLength() + " are allowed (meta.max-provided-length)");
        }
        MetaState state = replica.state();
        if (!state.provided().containsKey(id) && state.provided().size() >= settings.maxProvided()) {
            throw new IllegalArgumentException("there are " + state.provided().size()
                    + " provided values already, meta.max-provided allows no more");
        }
        return log.propose(MetaCodec.encode(new PutProvided(id, version, data)));
    }

    /** @param version 0 for one above the stored one */
    CompletionStage<String> remove(DataInfoId id, long version) {
        return log.propose(MetaCodec.encode(new RemoveProvided(id, version)));
    }
}
