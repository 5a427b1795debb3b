package io.twinspan.registry.ops.rolling;

import io.twinspan.registry.ops.client.MetaClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The hold of removals, as a closing of the push switch by an owner of its own. */
final class PushHold implements RollingPorts.Hold {
    /** Owner of the closing. */
    static final String OWNER = "rolling-restart";

    private static final String PATH = "/push/switch";
    private static final int TRIES = 3;

    private final AnyMeta metas;
    private final String reason;

    /** @param reason for whoever finds the push held */
    PushHold(AnyMeta metas, String reason) {
        this.metas = metas;
        this.reason = reason;
    }

    @Override
    public String found() {
        return found(metas.get(PATH));
    }

    private static String found(MetaClient.Answer seen) {
        if (!seen.isDone()) {
            return "";
        }
        for (JsonNode token : seen.json().path("tokens")) {
            if (token.path("owner").asString("").equals(OWNER)) {
                return "push is in " + token.path("position").asString("") + " by " + OWNER + " since "
                        + token.path("since").asString("");
            }
        }
        return "";
    }

    @Override
    public String hold(Duration within, boolean isConfirmed) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("owner", OWNER);
        body.put("reason", reason);
        body.put("position", "hold-shrink");
        body.put("for", within.toString());
        MetaClient.Answer answer = change(PATH + "/close", body);
        if (!answer.isDone()) {
            return answer.message();
        }
        for (JsonNode session : answer.json().path("sessions")) {
            if (isConfirmed && !session.path("confirmed").asBoolean(false)) {
                return answer.message();
            }
        }
        return "";
    }

    @Override
    public String release() {
        MetaClient.Answer seen = metas.get(PATH);
        if (!seen.isDone() || found(seen).isEmpty()) {
            return seen.isDone() ? "" : seen.message();
        }
        MetaClient.Answer answer = change(PATH + "/open", new LinkedHashMap<>(Map.of("owner", OWNER)));
        return answer.isDone() ? "" : answer.message();
    }

    /** Somebody else may change the switch between our look at it and our change. */
    private MetaClient.Answer change(String path, Map<String, Object> body) {
        MetaClient.Answer answer = metas.get(PATH);
        for (int i = 0; i < TRIES && answer.isDone(); i++) {
            body.put("version", answer.json().path("version").asString("0"));
            MetaClient.Answer changed = metas.post(path, JsonMapper.shared().writeValueAsString(body));
            if (changed.isDone() || i == TRIES - 1) {
                return changed;
            }
            answer = metas.get(PATH);
        }
        return answer;
    }
}
