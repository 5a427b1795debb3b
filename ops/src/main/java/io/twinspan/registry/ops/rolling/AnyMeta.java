package io.twinspan.registry.ops.rolling;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.client.MetaClient;
import io.twinspan.registry.ops.client.UnreachableException;
import java.util.List;
import java.util.function.Function;

/** Whichever meta of a datacenter answers: any takes any request, and now and then one of them is being restarted. */
final class AnyMeta {
    private final List<MetaClient> metas;

    AnyMeta(List<Endpoint> metas) {
        this.metas = metas.stream().map(MetaClient::new).toList();
    }

    /** What is at a path, or the last refusal. */
    MetaClient.Answer get(String path) {
        return first(meta -> meta.get(path));
    }

    /** A change, or the last refusal. */
    MetaClient.Answer post(String path, String body) {
        return first(meta -> meta.post(path, body));
    }

    private MetaClient.Answer first(Function<MetaClient, MetaClient.Answer> ask) {
        MetaClient.Answer last = new MetaClient.Answer(false, "{}", "no meta is known");
        for (MetaClient meta : metas) {
            try {
                last = ask.apply(meta);
                if (last.isDone()) {
                    return last;
                }
            } catch (UnreachableException silent) {
                last = new MetaClient.Answer(false, "{}", String.valueOf(silent.getMessage()));
            }
        }
        return last;
    }
}
