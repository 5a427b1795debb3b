package io.twinspan.registry.node.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinspan.registry.acvip.Candidate;
import io.twinspan.registry.acvip.domain.AnswerAges;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.runtime.ThreadEventLoop;
import io.twinspan.registry.subscription.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A resolver without a session, beside a session that says what it is told. */
class ForwardedServicesTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DataInfoId ORDERS = DataInfoId.of("orders");
    private static final String NOTHING = "{\"changed\":[],\"gone\":[]}";
    private static final long SECONDS = 20;

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final BlockingQueue<DataInfoId> told = new LinkedBlockingQueue<>();
    private final ThreadEventLoop loop = new ThreadEventLoop("forwarded-test", fault -> {});
    private final HttpServer session = session();
    private final ForwardedServices services =
            new ForwardedServices(loop, EAST, () -> List.of(new Endpoint("127.0.0.1", port())));

    @AfterEach
    void close() {
        services.close();
        session.stop(0);
        loop.close();
    }

    @Test
    void aSessionThatDoesNotKnowYetHasNotSaidThatThereIsNothing() throws Exception {
        on(() -> {
            services.onChange((service, scope) -> told.add(service));
            return true;
        });
        CompletableFuture<Void> ready =
                on(() -> services.watch(ORDERS, Scope.GLOBAL, Duration.ZERO).toCompletableFuture());
        assertThat(asked.poll(SECONDS, TimeUnit.SECONDS)).contains("\"timeoutSeconds\":0", "\"orders\":\"none\"");
        said.add(NOTHING);
        ready.get(SECONDS, TimeUnit.SECONDS);
        assertThat(current()).isEmpty();

        assertThat(asked.poll(SECONDS, TimeUnit.SECONDS)).contains("\"orders\":\"none\"");
        said.add("{\"changed\":[],\"gone\":[\"orders\"]}");
        assertThat(told.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(ORDERS);
        assertThat(current()).contains(List.of());
        assertThat(asked.poll(SECONDS, TimeUnit.SECONDS)).contains("\"orders\":\"\"");
        said.add(NOTHING);
    }

    @Test
    void whatASessionSaidIsOldWhileNoneStandsBehindIt() throws Exception {
        on(() -> services.watch(ORDERS, Scope.GLOBAL, Duration.ZERO));
        asked.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(age()).as("nothing was said yet").isEqualTo(new AnswerAges.Age(null, true));
        said.add("{\"changed\":[{\"checksum\":\"1\",\"endpoints\":[]}]}");
        asked.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(age().isOld()).isFalse();
        assertThat(age().since()).isNotNull();

        said.add("nonsense");
        asked.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(age().isOld()).isTrue();
        said.add(NOTHING);
        asked.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(age().isOld()).isFalse();
        said.add(NOTHING);
    }

    private AnswerAges.Age age() throws Exception {
        return on(() -> services.ages(ORDERS, Scope.GLOBAL))
                .toCompletableFuture()
                .join()
                .of(EAST);
    }

    private Optional<List<Candidate>> current() throws Exception {
        return on(() -> Optional.ofNullable(services.current(ORDERS, Scope.GLOBAL)));
    }

    private <T> T on(Supplier<T> question) throws Exception {
        return CompletableFuture.supplyAsync(question, loop).get(SECONDS, TimeUnit.SECONDS);
    }

    private int port() {
        return session.getAddress().getPort();
    }

    private HttpServer session() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
            made.createContext("/acvip/v1/poll", this::answer);
            made.start();
            return made;
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        try {
            String next = said.poll(SECONDS, TimeUnit.SECONDS);
            byte[] body = (next == null ? NOTHING : next).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }
}
