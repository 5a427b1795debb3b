package io.twinspan.registry.node.session;

import io.twinspan.registry.message.DatumNotice;
import io.twinspan.registry.message.DatumsChanged;
import io.twinspan.registry.message.Done;
import io.twinspan.registry.node.session.push.Pusher;
import io.twinspan.registry.node.session.push.SubscribedService;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.RequestHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A slot leader says that datums have changed or have been confirmed: ask for those that are not held that way already. */
final class DatumsChangedHandler implements RequestHandler<DatumsChanged, Done> {
    private final EventLoop loop;
    private final Pusher pusher;
    private final SegmentFetcher fetcher;

    DatumsChangedHandler(EventLoop loop, Pusher pusher, SegmentFetcher fetcher) {
        this.loop = loop;
        this.pusher = pusher;
        this.fetcher = fetcher;
    }

    @Override
    public CompletionStage<Done> handle(DatumsChanged request, Caller caller) {
        CompletableFuture<Done> done = new CompletableFuture<>();
        loop.execute(() -> {
            request.notices().forEach(this::onNotice);
            done.complete(Done.DONE);
        });
        return done;
    }

    private void onNotice(DatumNotice notice) {
        SubscribedService service = pusher.find(notice.id()).orElse(null);
        if (service == null) {
            return;
        }
        boolean isNewer = notice.version().isAfter(service.segments().version(notice.datacenter()));
        boolean isUnknown = service.segments().find(notice.datacenter()).isEmpty();
        if (isNewer || isUnknown || service.hasUnconfirmed(notice.datacenter())) {
            fetcher.ask(notice.datacenter(), notice.id(), SegmentFetcher.Cause.NOTICE);
        }
    }
}
