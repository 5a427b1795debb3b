package io.twinspan.registry.ops.cli;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.client.SessionDrain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes clients again. */
@Command(
        name = "undrain",
        mixinStandardHelpOptions = true,
        description = {"Puts a session that drains back into the lists given to clients."})
final class SessionUndrainCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            index = "0",
            paramLabel = "NODE",
            converter = ServerOption.EndpointConverter.class,
            description = "HOST:HTTP_PORT of the session, for example 127.0.0.1:9603")
    private Endpoint node = Endpoint.parse(ServerOption.EAST);

    SessionUndrainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings.say(new SessionDrain(node).set(false));
        return ExitCodes.OK;
    }
}
