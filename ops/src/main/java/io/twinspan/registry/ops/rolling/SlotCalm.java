package io.twinspan.registry.ops.rolling;

import tools.jackson.databind.JsonNode;

/** Reads from {@code GET /slots} whether a data node may be taken away. Pure. */
final class SlotCalm {
    private final JsonNode view;

    SlotCalm(JsonNode view) {
        this.view = view;
    }

    DatacenterSight with(RegistrationCounts counts) {
        int unsettled = 0;
        int behind = 0;
        int replicas = Integer.MAX_VALUE;
        JsonNode slots = view.path("slots");
        for (JsonNode slot : slots) {
            unsettled += slot.path("state").asString("").equals("settled") ? 0 : 1;
            boolean isBehind = false;
            for (JsonNode follower : slot.path("followers")) {
                isBehind |= !follower.path("state").asString("").equals("current");
            }
            behind += isBehind ? 1 : 0;
            replicas = Math.min(replicas, 1 + slot.path("followers").size());
        }
        if (slots.isEmpty()) {
            return new DatacenterSight(counts, 0, "no slot is assigned to anybody yet");
        }
        String unrest = unsettled + behind == 0
                ? ""
                : "of " + slots.size() + " slots " + unsettled + " are not settled, and of " + behind
                        + " a follower is behind";
        return new DatacenterSight(counts, replicas, unrest);
    }
}
