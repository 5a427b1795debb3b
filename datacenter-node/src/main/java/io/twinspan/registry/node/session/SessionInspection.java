package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.node.session.push.ConfigPusher;
import io.twinspan.registry.node.session.push.Pusher;
import io.twinspan.registry.subscription.Subscriber;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Reads the session's tables on its loop, for operators. May be called on any thread. */
public final class SessionInspection {
    /** How a question gets onto the loop. */
    @FunctionalInterface
    interface Questions {
        <T> CompletionStage<T> ask(Supplier<T> question);
    }

    /** How many there are of each. */
    public record Counts(int subscribers, int publishers, int watchers, int connections) {}

    /** One publisher of a connection. */
    public record PublisherRow(DataInfoId service, Publisher publisher, boolean isOff) {}

    private final Questions questions;
    private final ClientSessions sessions;
    private final PublisherTable publishers;
    private final Pusher pusher;
    private final ConfigPusher configs;

    SessionInspection(
            Questions questions,
            ClientSessions sessions,
            PublisherTable publishers,
            Pusher pusher,
            ConfigPusher configs) {
        this.questions = questions;
        this.sessions = sessions;
        this.publishers = publishers;
        this.pusher = pusher;
        this.configs = configs;
    }

    /** Publishers are counted while they are in force, so that the sum over all sessions is what data nodes hold. */
    public CompletionStage<Counts> counts() {
        return questions.ask(() -> new Counts(
                pusher.count(),
                publishers.count(),
                configs.count(),
                sessions.all().size()));
    }

    /** {@code ip:port} of every client. */
    public CompletionStage<List<String>> connections() {
        return questions.ask(() -> sessions.all().stream()
                .map(client -> client.connection().remoteAddress())
                .sorted()
                .toList());
    }

    /** What these connections publish. */
    public CompletionStage<List<PublisherRow>> publishers(List<String> remoteAddresses) {
        return questions.ask(() -> clients(remoteAddresses).stream()
                .flatMap(client -> client.publishers().stream())
                .flatMap(key -> publishers.find(key).stream())
                .map(entry -> new PublisherRow(entry.key().service(), entry.publisher(), entry.isOff()))
                .toList());
    }

    /** What these connections subscribe to. */
    public CompletionStage<List<Subscriber>> subscribers(List<String> remoteAddresses) {
        return questions.ask(() -> clients(remoteAddresses).stream()
                .flatMap(client -> pusher.subscribers(client.connection().number()).stream())
                .toList());
    }

    private List<ClientSession> clients(List<String> remoteAddresses) {
        return remoteAddresses.stream()
                .flatMap(address -> sessions.find(address).stream())
                .toList();
    }
}
