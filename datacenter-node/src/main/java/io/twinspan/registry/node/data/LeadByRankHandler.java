package io.twinspan.registry.node.data;

import io.twinspan.registry.message.LeadByRank;
import io.twinspan.registry.message.LedByRank;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.slot.Leadership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Leads slots by rank when a session asks for it; names those it leads already, too. */
final class LeadByRankHandler {
    private final DataState state;

    LeadByRankHandler(DataState state) {
        this.state = state;
    }

    LedByRank handle(LeadByRank request, Caller caller) {
        List<LeadByRank.Ranked> led = new ArrayList<>();
        for (LeadByRank.Ranked each : request.slots()) {
            Optional<LedSlot> slot = state.slots()
                    .find(each.slot())
                    .or(() ->
                            state.slots().leadByRank(each.slot(), new Leadership(request.incarnation(), each.epoch())));
            slot.ifPresent(now -> led.add(new LeadByRank.Ranked(now.id(), now.epoch())));
        }
        return new LedByRank(led);
    }
}
