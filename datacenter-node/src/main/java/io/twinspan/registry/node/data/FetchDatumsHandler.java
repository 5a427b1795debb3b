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
 * datacenter gets only what is our own, only what this node stands behind, and no more at once than fits a
 * frame. A session gets no more at once either, but always some, so that it comes to an end by asking again for the rest.
 */
final class FetchDatumsHandler {
    private final DataState state;
    private final ForeignSettings settings;

    FetchDatumsHandler(DataState state, ForeignSettings settings) {
        this.state = state;
        this.settings = settings;
    }

    DatumAnswers handle(FetchDatums request, Caller caller) {
        boolean isPeer = !caller.datacenter().equals(state.own());
        SessionIncarnation interested = isPeer ? null : request.interested();
        if (interested != null) {
            state.sessions().onWord(interested);
        }
        List<DatumAnswer> answers = new ArrayList<>(request.queries().size());
        boolean isAlone = request.queries().size() == 1;
        long room = isAlone ? settings.aloneBytes() : settings.answerBytes();
        boolean isSomethingGiven = false;
        for (DatumQuery query : request.queries()) {
            DatumAnswer answer = answer(query, interested, isPeer);
            if (answer.datum() != null) {
                long bytes = answer.datum().estimatedBytes();
                if (bytes > room && (isPeer || isSomethingGiven)) {
                    answer = DatumAnswer.tooBig(answer.datacenter(), answer.id(), answer.version())
                            .by(answer.word());
                } else {
                    room -= bytes;
                    isSomethingGiven = true;
                }
            }
            answers.add(answer);
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
            return isPeer && slot.state() != SlotState.SETTLED
                    ? DatumAnswer.warming(query.datacenter(), query.id())
                    : slot.answer(query).by(new DatumAnswer.Word(slot.leadership(), 0));
        }
        if (isPeer) {
            return DatumAnswer.unknown(query.datacenter(), query.id());
        }
        DatumAnswer answer = slot.foreign().answer(query, interested != null, state.nanos());
        slot.foreign().onInterest(query.id(), state.nanos());
        return answer;
    }
}
