package io.twinspan.registry.ops.bench;

import com.alipay.sofa.registry.client.api.Publisher;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.ops.client.OfficialClient;
import io.twinspan.registry.ops.client.ShownList;
import org.jspecify.annotations.Nullable;

/** What an application sees: the official client with its threads between. */
final class OfficialPushLine implements PushLine {
    private final OfficialClient client;
    private final DataInfoId service;
    private final int bytes;
    private @Nullable Publisher publisher;

    OfficialPushLine(PushPlace place, PushLoad load, Listener listener) {
        this.service = DataInfoId.of(place.dataId());
        this.bytes = load.bytes();
        this.client = OfficialClient.connect(place.publishAt());
        OfficialClient subscribing = OfficialClient.connect(place.subscribeAt());
        for (int i = 0; i < load.subscribers(); i++) {
            int index = i;
            subscribing.subscribe(service, load.scope(), list -> onShown(index, list, listener));
        }
    }

    @Override
    public void publish(long number) {
        String value = Messages.value(number, bytes);
        if (publisher == null) {
            publisher = client.publish(service, value);
        } else {
            publisher.republish(value);
        }
    }

    /** Its connection ends with the process; until then it holds one publisher, which is taken back here. */
    @Override
    public void close() {
        if (publisher != null) {
            publisher.unregister();
        }
    }

    private static void onShown(int index, ShownList list, Listener listener) {
        Messages.numberOf(list.addresses()).ifPresent(number -> listener.shown(index, number));
    }
}
