package io.twinspan.registry.acvip.client;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.FederationEpoch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What servers and agents say, as JSON. Everything that is read here came from somebody else: what is wrong is refused by name. */
public final class ResolverForms {
    private static final int MOST_DATACENTERS = 64;
    private static final int MOST_SERVERS = 1_000;

    private ResolverForms() {}

    static PollReply reply(String json) {
        Map<?, ?> body = object(PlainJson.read(json), "the answer to a poll");
        List<ServedAnswer> changed = new ArrayList<>();
        for (Object each : list(body.get("changed"), "changed")) {
            changed.add(answer(object(each, "changed")));
        }
        LinkedHashSet<String> gone = new LinkedHashSet<>();
        for (Object each : list(body.get("gone"), "gone")) {
            gone.add(text(each, "gone"));
        }
        return new PollReply(epoch(body.get("epoch")), changed, gone);
    }

    static ServedAnswer answer(Map<?, ?> body) {
        List<AnsweredEndpoint> endpoints = new ArrayList<>();
        for (Object each : list(body.get("endpoints"), "endpoints")) {
            endpoints.add(endpoint(object(each, "endpoints")));
        }
        return new ServedAnswer(
                text(body.get("domain"), "domain"),
                epoch(body.get("epoch")),
                draining(body.get("draining")),
                text(body.get("checksum"), "checksum"),
                Duration.ofSeconds(number(body.get("ttlSeconds"), "ttlSeconds", 5)),
                endpoints);
    }

    static ServerList servers(String json) {
        Map<?, ?> body = object(PlainJson.read(json), "the list of servers");
        List<DatacenterServers> datacenters = new ArrayList<>();
        List<?> listed = list(body.get("datacenters"), "datacenters");
        for (Object each : listed.subList(0, Math.min(listed.size(), MOST_DATACENTERS))) {
            Map<?, ?> one = object(each, "datacenters");
            List<Endpoint> resolvers = new ArrayList<>();
            List<?> named = list(one.get("resolvers"), "resolvers");
            for (Object address : named.subList(0, Math.min(named.size(), MOST_SERVERS))) {
                resolvers.add(Endpoint.parse(text(address, "resolvers")));
            }
            datacenters.add(new DatacenterServers(
                    new DatacenterId(text(one.get("datacenter"), "datacenter")).name(),
                    optional(one.get("duty")),
                    resolvers));
        }
        return new ServerList(epoch(body.get("epoch")), datacenters);
    }

    static String question(PollQuestion question) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("place", place(question.place()));
        body.put("timeoutSeconds", question.timeout().toSeconds());
        body.put("domains", question.checksums());
        return PlainJson.write(body);
    }

    /** An answer as an agent gives it: the server's, and how old it is. */
    public static Map<String, @Nullable Object> form(ResolvedDomain resolved, ClientPlace place) {
        Map<String, @Nullable Object> body = form(resolved.answer(), place);
        body.put("marked", resolved.isOld() ? "OLD" : "FRESH");
        body.put("ageSeconds", resolved.age().toSeconds());
        return body;
    }

    static Map<String, @Nullable Object> form(ServedAnswer answer, ClientPlace place) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("domain", answer.domain());
        body.put("epoch", form(answer.epoch()));
        body.put("draining", answer.draining().stream().sorted().toList());
        body.put("place", place(place));
        body.put("checksum", answer.checksum());
        body.put("ttlSeconds", answer.ttl().toSeconds());
        body.put(
                "endpoints",
                answer.endpoints().stream().map(ResolverForms::form).toList());
        return body;
    }

    /** The servers by datacenter, as servers and agents give them. */
    public static Map<String, @Nullable Object> form(ServerList servers) {
        List<Map<String, Object>> datacenters = new ArrayList<>();
        for (DatacenterServers each : servers.datacenters()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("datacenter", each.datacenter());
            one.put("duty", each.duty());
            one.put(
                    "resolvers",
                    each.resolvers().stream().map(Endpoint::toString).toList());
            datacenters.add(one);
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("epoch", form(servers.epoch()));
        body.put("datacenters", datacenters);
        return body;
    }

    /** Number and issuer, or null. */
    public static @Nullable Map<String, Object> form(Optional<FederationEpoch> epoch) {
        return epoch.map(each -> Map.<String, Object>of(
                        "number", each.number(), "issuer", each.issuer().name()))
                .orElse(null);
    }

    private static Map<String, Object> form(AnsweredEndpoint endpoint) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("host", endpoint.address().host());
        body.put("port", endpoint.address().port());
        body.put("datacenter", endpoint.datacenter());
        body.put("zone", endpoint.zone());
        body.put("weight", endpoint.weight());
        body.put("healthy", endpoint.isHealthy());
        return body;
    }

    private static Map<String, String> place(ClientPlace place) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("datacenter", place.datacenter());
        body.put("zone", place.zone());
        body.put("app", place.app());
        return body;
    }

    private static AnsweredEndpoint endpoint(Map<?, ?> body) {
        return new AnsweredEndpoint(
                new Endpoint(text(body.get("host"), "host"), (int) number(body.get("port"), "port", -1)),
                optional(body.get("datacenter")),
                optional(body.get("zone")),
                (int) Math.min(Integer.MAX_VALUE, number(body.get("weight"), "weight", 100)),
                !Boolean.FALSE.equals(body.get("healthy")));
    }

    /** Servers of earlier releases name none. */
    private static Set<String> draining(@Nullable Object value) {
        Set<String> draining = new LinkedHashSet<>();
        List<?> named = list(value, "draining");
        for (Object each : named.subList(0, Math.min(named.size(), MOST_DATACENTERS))) {
            draining.add(new DatacenterId(text(each, "draining")).name());
        }
        return draining;
    }

    static Optional<FederationEpoch> epoch(@Nullable Object value) {
        if (value == null) {
            return Optional.empty();
        }
        Map<?, ?> body = object(value, "epoch");
        return Optional.of(new FederationEpoch(
                number(body.get("number"), "epoch.number", 0),
                new DatacenterId(text(body.get("issuer"), "epoch.issuer"))));
    }

    static Map<?, ?> object(@Nullable Object value, String what) {
        if (value instanceof Map<?, ?> object) {
            return object;
        }
        throw new IllegalArgumentException(what + " is no JSON object");
    }

    private static List<?> list(@Nullable Object value, String what) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(what + " is no JSON array");
    }

    private static String text(@Nullable Object value, String what) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(what + " is no text");
    }

    private static String optional(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private static long number(@Nullable Object value, String what, long otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        // Versions and epochs may come as text, so that no reader loses digits.
        if (value instanceof String text && text.matches("[0-9]{1,18}")) {
            return Long.parseLong(text);
        }
        throw new IllegalArgumentException(what + " is no whole number");
    }
}
