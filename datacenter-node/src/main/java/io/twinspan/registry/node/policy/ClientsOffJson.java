package io.twinspan.registry.node.policy;

import io.twinspan.registry.node.json.JsonBody;
import io.twinspan.registry.policy.ClientsOff;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The clients that are off in the shape that SOFARegistry's client manager answers: {@code {"version":"7","clientOffAddress":
 * {"10.0.0.7":{"address":"10.0.0.7","pub":true,"sub":true,"reason":"flapping","since":"1700000000000"}}}}.
 */
public final class ClientsOffJson {
    private ClientsOffJson() {}

    /** The fields of a list, in the order in which they are shown. */
    public static Map<String, Object> fields(ClientsOff list) {
        Map<String, Object> clients = new LinkedHashMap<>();
        list.clients().forEach((ip, note) -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("address", ip);
            fields.put("pub", true);
            fields.put("sub", true);
            fields.put("reason", note.reason());
            fields.put("since", Long.toString(note.sinceMillis()));
            clients.put(ip, fields);
        });
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", Long.toString(list.version()));
        fields.put("clientOffAddress", clients);
        return fields;
    }

    static String write(ClientsOff list) {
        return JsonMapper.shared().writeValueAsString(fields(list));
    }

    /** @throws IllegalArgumentException when it is no such list */
    static ClientsOff read(String text) {
        JsonNode body = JsonBody.object(text);
        Map<String, ClientsOff.Note> clients = new LinkedHashMap<>();
        body.path("clientOffAddress")
                .properties()
                .forEach(each -> clients.put(
                        each.getKey(),
                        new ClientsOff.Note(
                                JsonBody.text(each.getValue(), "reason", ""),
                                Long.parseLong(JsonBody.text(each.getValue(), "since")))));
        return new ClientsOff(Long.parseLong(JsonBody.text(body, "version")), clients);
    }
}
