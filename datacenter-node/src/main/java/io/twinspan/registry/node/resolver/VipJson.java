package io.twinspan.registry.node.resolver;

import io.twinspan.registry.acvip.HealthCheck;
import io.twinspan.registry.acvip.Vip;
import io.twinspan.registry.acvip.VipEndpoint;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.node.json.JsonBody;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Vip as operators write and read it: {@code {"domain":"orders","endpoints":[{"host":"10.0.0.1","port":8080,"datacenter":"east",
 * "zone":"a","weight":100}],"check":{"kind":"HTTP","path":"/health","rise":2,"fall":3,"interval":"5s","timeout":"1s"},"protect":30}}, or
 * with {@code "service":{"dataId":"…","group":"…","instance":"…"}} in place of the endpoints. What may be left out has defaults; a field
 * that is not known is refused, because a misspelt one would be ignored.
 */
public final class VipJson {
    /** The group of provided configuration in which Vips are kept. */
    public static final String GROUP = "TWINSPAN.VIP";

    private static final Set<String> VIP_FIELDS =
            Set.of("domain", "endpoints", "service", "check", "protect", "version");
    private static final Set<String> ENDPOINT_FIELDS = Set.of("host", "port", "datacenter", "zone", "weight");
    private static final Set<String> SERVICE_FIELDS = Set.of("dataId", "group", "instance");
    private static final Set<String> CHECK_FIELDS = Set.of("kind", "path", "rise", "fall", "interval", "timeout");

    private VipJson() {}

    /** The name under which a Vip is kept. */
    public static DataInfoId key(String domain) {
        return new DataInfoId(domain, DataInfoId.DEFAULT_INSTANCE_ID, GROUP);
    }

    /** A Vip's fields, in the order in which they are shown. */
    public static Map<String, Object> fields(Vip vip) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("domain", vip.domain());
        DataInfoId service = vip.service();
        if (service == null) {
            fields.put(
                    "endpoints", vip.endpoints().stream().map(VipJson::fields).toList());
        } else {
            Map<String, Object> named = new LinkedHashMap<>();
            named.put("dataId", service.dataId());
            named.put("group", service.group());
            named.put("instance", service.instanceId());
            fields.put("service", named);
        }
        HealthCheck check = vip.check();
        Map<String, Object> checked = new LinkedHashMap<>();
        checked.put("kind", check.kind().name());
        if (check.kind() != HealthCheck.Kind.NONE) {
            if (check.kind() == HealthCheck.Kind.HTTP) {
                checked.put("path", check.path());
            }
            checked.put("rise", check.rise());
            checked.put("fall", check.fall());
            checked.put("interval", check.interval().toMillis() + "ms");
            checked.put("timeout", check.timeout().toMillis() + "ms");
        }
        fields.put("check", checked);
        fields.put("protect", vip.protectPercent());
        return fields;
    }

    /** As it is kept. */
    public static String write(Vip vip) {
        return JsonMapper.shared().writeValueAsString(fields(vip));
    }

    /**
     * Reads a Vip.
     *
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public static Vip read(String text) {
        return read(JsonBody.object(text));
    }

    private static Vip read(JsonNode body) {
        JsonBody.refuseOthers(body, VIP_FIELDS, "the Vip");
        List<VipEndpoint> endpoints = new ArrayList<>();
        JsonNode listed = body.path("endpoints");
        if (!listed.isMissingNode() && !listed.isArray()) {
            throw new IllegalArgumentException("endpoints is not a list");
        }
        listed.forEach(each -> endpoints.add(endpoint(each)));
        return new Vip(
                JsonBody.text(body, "domain"),
                endpoints,
                service(body.path("service")),
                check(body.path("check")),
                number(body, "protect", 0));
    }

    private static Map<String, Object> fields(VipEndpoint endpoint) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("host", endpoint.address().host());
        fields.put("port", endpoint.address().port());
        fields.put("datacenter", endpoint.datacenter().name());
        fields.put("zone", endpoint.zone());
        fields.put("weight", endpoint.weight());
        return fields;
    }

    private static VipEndpoint endpoint(JsonNode each) {
        if (!each.isObject()) {
            throw new IllegalArgumentException("an endpoint is not a JSON object: " + each);
        }
        JsonBody.refuseOthers(each, ENDPOINT_FIELDS, "an endpoint");
        return new VipEndpoint(
                new Endpoint(JsonBody.text(each, "host"), number(each, "port", 0)),
                new DatacenterId(JsonBody.text(each, "datacenter")),
                JsonBody.text(each, "zone", ""),
                number(each, "weight", VipEndpoint.USUAL_WEIGHT));
    }

    private static @Nullable DataInfoId service(JsonNode named) {
        if (named.isMissingNode() || named.isNull()) {
            return null;
        }
        if (!named.isObject()) {
            throw new IllegalArgumentException("service is not a JSON object");
        }
        JsonBody.refuseOthers(named, SERVICE_FIELDS, "service");
        return new DataInfoId(
                JsonBody.text(named, "dataId"),
                JsonBody.text(named, "instance", DataInfoId.DEFAULT_INSTANCE_ID),
                JsonBody.text(named, "group", DataInfoId.DEFAULT_GROUP));
    }

    private static HealthCheck check(JsonNode check) {
        if (check.isMissingNode() || check.isNull()) {
            return HealthCheck.NONE;
        }
        if (!check.isObject()) {
            throw new IllegalArgumentException("check is not a JSON object");
        }
        JsonBody.refuseOthers(check, CHECK_FIELDS, "check");
        String kind = JsonBody.text(check, "kind", "NONE");
        HealthCheck usual = HealthCheck.NONE;
        try {
            return new HealthCheck(
                    HealthCheck.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                    JsonBody.text(check, "path", usual.path()),
                    number(check, "rise", usual.rise()),
                    number(check, "fall", usual.fall()),
                    time(check, "interval", usual.interval()),
                    time(check, "timeout", usual.timeout()));
        } catch (IllegalArgumentException wrong) {
            if (String.valueOf(wrong.getMessage()).startsWith("No enum constant")) {
                throw new IllegalArgumentException(
                        "kind '" + kind + "' of the check is none of NONE, TCP, HTTP", wrong);
            }
            throw wrong;
        }
    }

    private static Duration time(JsonNode object, String name, Duration usual) {
        String text = JsonBody.text(object, name, usual.toMillis() + "ms");
        try {
            return DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            throw new IllegalArgumentException(name + " '" + text + "' is no time such as 5s or 500ms", wrong);
        }
    }

    private static int number(JsonNode object, String name, int usual) {
        JsonNode field = object.get(name);
        if (field == null || field.isNull()) {
            return usual;
        }
        if (!field.isInt()) {
            throw new IllegalArgumentException(name + " is not a whole number");
        }
        return field.intValue();
    }
}
