package io.twinspan.registry.it.sync;

import io.twinspan.registry.sync.announce.AnnouncementListener;
import io.twinspan.registry.sync.announce.RecordingListener;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

/** Records what it is told, and takes no second batch before it is let go on. */
final class SlowListener {
    final RecordingListener told = new RecordingListener();
    private final CompletableFuture<Void> goOn = new CompletableFuture<>();

    void goOn() {
        goOn.complete(null);
    }

    AnnouncementListener listener() {
        return (AnnouncementListener) Proxy.newProxyInstance(
                AnnouncementListener.class.getClassLoader(),
                new Class<?>[] {AnnouncementListener.class},
                (proxy, method, arguments) -> {
                    Object answer = method.invoke(told, arguments);
                    return method.getName().equals("onAnnounced") ? goOn : answer;
                });
    }
}
