package io.conversion.workbench;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Gives the help of all commands one look. */
final class HelpLayout {

    /** The order of options that every command has. */
    static final int LAST = 100;

    private HelpLayout() {}

    /** Lays out the help of a command and of all commands below it. */
    static void apply(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.synopsisHeading("%n@|bold Usage:|@ ")
                .commandListHeading("%n@|bold Commands:|@%n")
                .parameterListHeading("%n@|bold Parameters:|@%n")
                .optionListHeading("%n@|bold Options:|@%n")
                .sortOptions(false);
        if (usage.description().length > 0) {
            usage.descriptionHeading("%n");
        }
        if (!usage.exitCodeList().isEmpty()) {
            usage.exitCodeListHeading("%n@|bold Exit codes:|@%n");
        }
        if (usage.footer().length > 0 && usage.footerHeading().isEmpty()) {
            usage.footerHeading("%n@|bold Example:|@%n");
        }
        command.setHelpFactory(HelpLayout::help);
        command.getSubcommands().values().forEach(HelpLayout::apply);
    }

    private static Help help(CommandSpec command, Help.ColorScheme colours) {
        // Parsing is over by now: the help shows "--out FILE", and "--out=FILE" remains valid.
        command.parser().separator(" ");
        return new Help(command, colours);
    }
}
