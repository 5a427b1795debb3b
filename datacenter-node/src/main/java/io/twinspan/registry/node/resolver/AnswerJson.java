package io.twinspan.registry.node.resolver;

import io.twinspan.registry.acvip.Candidate;
import io.twinspan.registry.acvip.Choice;
import io.twinspan.registry.acvip.DomainAnswer;
import io.twinspan.registry.acvip.Duties;
import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.acvip.domain.DomainName;
import io.twinspan.registry.acvip.domain.Federation;
import io.twinspan.registry.acvip.domain.Poll;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.FederationEpoch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers of the resolver as JSON fields, in the order in which they are shown. Pure. */
final class AnswerJson {
    private AnswerJson() {}

    static Map<String, @Nullable Object> of(DomainAnswer answer) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("domain", answer.domain());
        fields.put("epoch", epoch(answer.epoch()));
        fields.put(
                "draining",
                answer.draining().stream().map(DatacenterId::name).sorted().toList());
        fields.put("place", place(answer.place()));
        fields.put("checksum", answer.checksum());
        fields.put("ttlSeconds", answer.ttlSeconds());
        fields.put(
                "endpoints",
                answer.endpoints().stream().map(AnswerJson::endpoint).toList());
        return fields;
    }

    static Map<String, @Nullable Object> of(Poll.News news) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("epoch", epoch(news.duties().epoch()));
        fields.put("changed", news.changed().stream().map(AnswerJson::of).toList());
        fields.put("gone", news.gone().stream().map(DomainName::toString).toList());
        return fields;
    }

    static Map<String, @Nullable Object> of(Federation federation, Duties duties) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("epoch", epoch(duties.epoch()));
        List<Map<String, Object>> datacenters = new ArrayList<>();
        new TreeMap<>(federation.resolvers()).forEach((datacenter, resolvers) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("datacenter", datacenter.name());
            row.put("duty", duties.word(datacenter));
            row.put(
                    "resolvers",
                    resolvers.stream().map(Endpoint::toString).sorted().toList());
            datacenters.add(row);
        });
        fields.put("datacenters", datacenters);
        return fields;
    }

    static Map<String, @Nullable Object> of(DomainName name, Place place, Duties duties, Choice choice) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("domain", name.toString());
        fields.put("epoch", epoch(duties.epoch()));
        fields.put("place", place(place));
        fields.put("protected", choice.isProtected());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Choice.Reason reason : choice.reasons()) {
            Map<String, Object> row = endpoint(reason.candidate());
            row.put("in", reason.isIn());
            row.put("why", reason.why());
            rows.add(row);
        }
        fields.put("endpoints", rows);
        return fields;
    }

    private static @Nullable Map<String, Object> epoch(@Nullable FederationEpoch epoch) {
        if (epoch == null) {
            return null;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", epoch.number());
        fields.put("issuer", epoch.issuer().name());
        return fields;
    }

    private static Map<String, Object> place(Place place) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("datacenter", place.datacenter().name());
        fields.put("zone", place.zone());
        fields.put("app", place.app());
        return fields;
    }

    private static Map<String, Object> endpoint(Candidate each) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("host", each.address().host());
        fields.put("port", each.address().port());
        fields.put("datacenter", each.datacenter().name());
        fields.put("zone", each.zone());
        fields.put("weight", each.weight());
        fields.put("healthy", each.isHealthy());
        return fields;
    }
}
