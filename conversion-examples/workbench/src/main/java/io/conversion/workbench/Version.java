package io.conversion.workbench;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version in the manifest of the jar; classes that were not packaged yet have none. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Workbench.class.getPackage().getImplementationVersion())
                .orElse("development");
        return new String[] {"workbench " + version, "Java " + Runtime.version()};
    }
}
