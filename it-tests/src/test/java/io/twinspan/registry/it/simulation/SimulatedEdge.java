package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.node.session.ClientConnection;
import io.twinspan.registry.node.session.ClientRegistration;
import io.twinspan.registry.node.session.ConfigPush;
import io.twinspan.registry.node.session.RegistrationAnswer;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.node.session.SessionRole;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.simulation.ManualEventLoop;
import io.twinspan.registry.simulation.SimulatedProcess;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One connection between a client and a session, seen from both its ends. Each direction keeps its order, as TCP does; each end
 * learns of the other's end a little later, or, of a client that vanished without a word, when the idle time is over.
 */
final class SimulatedEdge implements ClientConnection {
    private static final Duration PUSH_TIMEOUT = Duration.ofSeconds(2);
    /** When a session gives up a client that has vanished without a word. */
    static final Duration IDLE = Duration.ofSeconds(45);

    private final SimulatedWorld world;
    private final SimulatedNode node;
    private final SimulatedProcess process;
    private final SessionRole role;
    private final LiteralClient client;
    private final long number;
    private final ManualEventLoop agenda;
    private final Random random;
    private long pushes;
    private long lastToServer;
    private long lastToClient;
    private boolean isOpenAtClient = true;
    private boolean isOpenAtServer = true;

    SimulatedEdge(SimulatedWorld world, SimulatedNode node, LiteralClient client, Random random) {
        this.world = world;
        this.node = node;
        this.process = node.process();
        this.role = node.session();
        this.client = client;
        this.number = node.nextConnection();
        this.agenda = new ManualEventLoop(world.time());
        this.random = random;
        node.edges().add(this);
        toServer(() -> role.onConnected(this));
    }

    SimulatedNode node() {
        return node;
    }

    boolean isOpenAtClient() {
        return isOpenAtClient;
    }

    /** The client sends a registration; the answer comes to it while it still listens. */
    void send(ClientRegistration registration, Consumer<RegistrationAnswer> onAnswer) {
        toServer(() -> {
            if (isOpenAtServer) {
                role.onRegistration(this, registration)
                        .whenComplete((answer, failure) -> toClient(() -> {
                            if (isOpenAtClient) {
                                onAnswer.accept(answer);
                            }
                        }));
            }
        });
    }

    /** The client closes its end; the session hears of it as soon as that gets through. */
    void closeAtClient(Duration late) {
        isOpenAtClient = false;
        if (late.compareTo(IDLE) >= 0 && world.tampering().isIdleForgotten()) {
            return;
        }
        RemovalCause cause = late.compareTo(IDLE) >= 0 ? RemovalCause.IDLE : RemovalCause.CLIENT_CLOSED;
        agenda.schedule(late, () -> toServer(() -> process.run(() -> endAtServer(cause))));
    }

    /** The session's process is gone. */
    void onServerDied() {
        isOpenAtServer = false;
        toClient(() -> {
            if (isOpenAtClient) {
                isOpenAtClient = false;
                client.onConnectionLost(this, true);
            }
        });
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public String remoteAddress() {
        return client.name() + ":" + number;
    }

    @Override
    public CompletionStage<Boolean> push(SegmentPush push) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        SegmentPush travelling = world.tampering().push(push, ++pushes);
        world.pushes().accept(this, travelling);
        agenda.schedule(
                PUSH_TIMEOUT,
                () -> process.run(() -> answer.completeExceptionally(new PeerException("the client did not answer"))));
        toClient(() -> {
            if (isOpenAtClient) {
                client.onPush(travelling);
                toServer(() -> answer.complete(true));
            }
        });
        return answer;
    }

    @Override
    public CompletionStage<Boolean> pushConfig(ConfigPush push) {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public void close() {
        // The session may know, and close, an earlier connection only: the client has stopped, or is nowhere just then.
        if (isOpenAtClient || !client.isConnected()) {
            client.onEndMayBeHeld();
        }
        endAtServer(RemovalCause.CLOSED_BY_NODE);
        toClient(() -> {
            if (isOpenAtClient) {
                isOpenAtClient = false;
                client.onConnectionLost(this, false);
            }
        });
    }

    private void endAtServer(RemovalCause cause) {
        if (isOpenAtServer) {
            isOpenAtServer = false;
            if (cause == RemovalCause.IDLE && !client.isConnected()) {
                client.onEndMayBeHeld();
            }
            node.edges().remove(this);
            role.onDisconnected(this, cause);
        }
    }

    private void toServer(Runnable arrival) {
        lastToServer = Math.max(lastToServer, world.time().nanos() + oneWay());
        agenda.schedule(Duration.ofNanos(lastToServer - world.time().nanos()), () -> process.run(arrival));
    }

    private void toClient(Runnable arrival) {
        lastToClient = Math.max(lastToClient, world.time().nanos() + oneWay());
        agenda.schedule(Duration.ofNanos(lastToClient - world.time().nanos()), arrival);
    }

    private long oneWay() {
        return 50_000L + random.nextInt(2_000_000);
    }
}
