package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.client.SessionDrain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Sends the clients of a session to the others. */
@Command(
        name = "drain",
        mixinStandardHelpOptions = true,
        description = {
            "Takes a session out of the lists given to clients and closes its connections in waves, 5 %% a second.",
            "What its clients registered stays listed while they go elsewhere. Ends with 'session undrain' or a restart;",
            "GET /manage/drain tells how many connections are left."
        })
final class SessionDrainCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            index = "0",
            paramLabel = "NODE",
            converter = ServerOption.EndpointConverter.class,
            description = "HOST:HTTP_PORT of the session, for example 127.0.0.1:9603")
    private Endpoint node = Endpoint.parse(ServerOption.EAST);

    SessionDrainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings.say(new SessionDrain(node).set(true));
        return ExitCodes.OK;
    }
}
