package io.twinspan.registry.node.wire;

import io.twinspan.registry.message.FetchSessionLoad;
import io.twinspan.registry.message.SessionLoad;
import io.twinspan.registry.node.wire.proto.FetchSessionLoadRequest;
import io.twinspan.registry.node.wire.proto.SessionLoadAnswer;

/** What sessions say to one another, as protobuf messages and back. */
final class SessionForms {
    private SessionForms() {}

    static FetchSessionLoadRequest form(FetchSessionLoad request) {
        return FetchSessionLoadRequest.newBuilder()
                .setIncarnation(request.incarnation())
                .setMovedSince(request.movedSince())
                .setFetchedSince(request.fetchedSince())
                .build();
    }

    static FetchSessionLoad read(FetchSessionLoadRequest form) {
        return new FetchSessionLoad(form.getIncarnation(), form.getMovedSince(), form.getFetchedSince());
    }

    static SessionLoadAnswer form(SessionLoad answer) {
        return SessionLoadAnswer.newBuilder()
                .setIncarnation(answer.incarnation())
                .setConnections(answer.connections())
                .setDraining(answer.isDraining())
                .setMovedUpTo(answer.movedUpTo())
                .addAllMoved(answer.moved())
                .setFetchedUpTo(answer.fetchedUpTo())
                .addAllFetched(answer.fetched())
                .build();
    }

    static SessionLoad read(SessionLoadAnswer form) {
        return new SessionLoad(
                form.getIncarnation(),
                form.getConnections(),
                form.getDraining(),
                form.getMovedUpTo(),
                form.getMovedList(),
                form.getFetchedUpTo(),
                form.getFetchedList());
    }
}
