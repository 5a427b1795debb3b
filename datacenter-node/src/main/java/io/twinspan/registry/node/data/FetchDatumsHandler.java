package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.runtime.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers with content, and opens the interest of the session that asks, in one step: no change falls between the two. A peer
 * datacenter gets only what is our own.
 */
final class FetchDatumsHandler {
    private final DataState state;

    FetchDatumsHandler(DataState state) {
        this.state = state;
    }

    DatumAnswers handle(FetchDatums request, Caller caller) {
        boolean isPeer = !caller.datacenter().equals(state.own());
        SessionIncarnation interested = isPeer ? null : request.interested();
        if (interested != null) {
            state.sessions().onWord(interested);
        }
        List<DatumAnswer> answers = new ArrayList<>(request.queries().size());
        for (DatumQuery query : request.queries()) {
            answers.add(answer(query, interested, isPeer));
        }
        return new DatumAnswers(answers);
    }

    private DatumAnswer answer(DatumQuery query, @Nullable SessionIncarnation interested, boolean isPeer) {
        Optional<LedSlot> led = state.slots().find(query.id());
        if (led.isEmpty()) {
            return DatumAnswer.notLeader(query.datacenter(), query.id());
        }
        LedSlot slot = led.get();
        boolean isOwn = query.datacenter().equals(state.own());
        if (interested != null) {
            slot.interest().open(interested, query.id(), !isOwn);
        }
        if (isOwn) {
            return slot.answer(query);
        }
        if (isPeer) {
            return DatumAnswer.unknown(query.datacenter(), query.id());
        }
        DatumAnswer answer = slot.foreign().answer(query, interested != null, state.nanos());
        slot.foreign().onInterest(query.id(), state.nanos());
        return answer;
    }
}
