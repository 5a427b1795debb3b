package io.twinspan.registry.ops.demo;

import io.twinspan.registry.datacenter.Endpoint;
import java.util.List;

/**
 * What happened when the demo tried itself. Times in milliseconds, as the applications saw them.
 *
 * @param client name and version of the client that both applications used
 * @param eastSession the Bolt address the publishing application connected to
 * @param westSession the Bolt address the subscribing application connected to
 * @param acknowledgedMillis from registering to the acknowledgement
 * @param firstShownMillis from subscribing in the west to being shown the east's address
 * @param changeShownMillis from publishing a second address in the east to its being shown in the west
 * @param shown what the west's application is shown at the end
 */
record Story(
        String client,
        Endpoint eastSession,
        Endpoint westSession,
        double acknowledgedMillis,
        double firstShownMillis,
        double changeShownMillis,
        List<String> shown) {
    static final String SERVICE = "com.example.Greeting";
    static final String FIRST_ADDRESS = "bolt://127.0.0.1:12200?app=greeting";
    static final String SECOND_ADDRESS = "bolt://127.0.0.1:12201?app=greeting";

    Story {
        shown = List.copyOf(shown);
    }
}
