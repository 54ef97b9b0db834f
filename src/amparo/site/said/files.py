"""What is said of files that are read, sealed or proved, and of the work on them."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

__all__ = ["FILE_SENTENCES"]

FILE_SENTENCES = frozenset(
    {
        _("A matter needs a title."),
        _("A reader process did not start (%(how)s): %(error)s."),
        _("Add files, then export."),
        _("An error of the program: %(name)s."),
        _("Ask an administrator."),
        _("Ask for it again."),
        _("Ask for the file again."),
        _("Ask for the password, save an unlocked copy, and add that copy beside this one."),
        _("Ask for the password, unpack it, and add the files beside it."),
        _("Ask someone who manages the matter."),
        _("Ask who sent it for a copy without one."),
        _("Ask who sent it which program made it."),
        _("Draw it on the page."),
        _("Files of type %(media_type)s cannot be set to pages."),
        _("Files of type %(media_type)s have no pages to draw."),
        _("Files of type %(media_type)s have no pages to recognise."),
        _("Free some space, then run the same command again; it continues."),
        _("Install it with: %(install_command)s"),
        _("It breaks off, as when a copy was cut short; what came before was kept."),
        _("It breaks off; what came before was kept."),
        _("It could not be set to pages."),
        _(
            "It is a drawing of the Windows metafile kind, which is not drawn here; "
            "it is kept and sealed."
        ),
        _("It is a zip file without the parts of a Word, Excel or PowerPoint file."),
        _("It is asked again later."),
        _("It is damaged inside the archive."),
        _("It is named a PDF but is not one: the header of a PDF is missing."),
        _("It is not well-formed XML, so it is shown as it stands."),
        _("It is packed by a method that nothing here can unpack."),
        _("It lies %(deepest)s files deep, so what is inside was left where it is."),
        _("It may be damaged: it says nothing of itself."),
        _("It names an outside entity, which was left out."),
        _(
            "Its contents are of no kind that is known here, so there is nothing to "
            "read. The file itself is kept."
        ),
        _("Its proofs could not be checked."),
        _("Its worker stopped each time it was tried."),
        _(
            "LibreOffice could not open the document: it is damaged, locked, or of a "
            "kind that it does not know."
        ),
        _("Look at the original."),
        _("Message %(number)s of its folder is damaged."),
        _("No reader process could be started: %(error)s."),
        _("No space is left for %(place)s: %(reason)s."),
        _("No words were found in it; look at the original to make sure."),
        _("None of its %(pages)s pages could be read: the file is damaged."),
        _("Nothing here reads files of type %(media_type)s yet. The file itself is kept."),
        _("Nothing here unpacks zstandard; the file is kept as it is."),
        _("Nothing is selected."),
        _("Nothing was changed."),
        _("Only PDFs and pictures have pages whose words can be recognised."),
        _("Only the first %(entries)s files inside were read."),
        _("Only the first %(largest)s MiB were read."),
        _("Only the first %(longest)s characters are set to pages."),
        _("Only the first %(most)s MiB were read."),
        _("Only the first %(page_count)s pages were read. %(reason)s"),
        _("Only the first %(pages)s pages were read."),
        _("Open it in Outlook and export its messages."),
        _("Open the original in the program that made it, or ask for it again."),
        _("Page %(number)s cannot be drawn."),
        _("Page %(number)s has more pixels than are drawn."),
        _("Page %(number)s of the picture is damaged."),
        _("Page %(number)s: %(message)s"),
        _("Pages %(failed)s could not be recognised."),
        _("Pages are scanned and their words are not recognised yet: tesseract is not installed."),
        _("Pages in the script %(missing)s wait for tesseract's data."),
        _("Parts nested deeper than %(deepest)s levels were left out."),
        _("Parts of the message are cut off, as when a copy was cut short."),
        _(
            "RAR archives are not opened here: the free program bsdtar is not "
            "installed. The archive is kept and sealed."
        ),
        _("Reading it needed more than %(memory)s MiB of memory, so it was stopped."),
        _("Reading it started more than %(processes)s processes; it was stopped."),
        _("Reading it took longer than %(seconds)s seconds, so it was stopped."),
        _("Reading it used more than %(cpu_seconds)s seconds of computing, so it was stopped."),
        _("Select it again."),
        _("Select the sentence that matters."),
        _("Select the words first."),
        _("Select them in the text of the file."),
        _("Slide %(number)s is damaged or missing."),
        _(
            "Some of the file's words do not stand on these pages, such as speaker's "
            "notes or hidden parts; they are in its text."
        ),
        _("Tesseract has no data for %(unknown)s."),
        _("The %(what)s could not be read: %(strerror)s."),
        _("The %(what)s was there when it was listed and is gone."),
        _("The answer breaks off."),
        _("The archive breaks off after %(count)s entries."),
        _("The archive breaks off after %(lines)s records; they were read."),
        _("The archive is damaged inside."),
        _("The archive is damaged: %(told)s"),
        _("The archive is damaged: its table of contents is broken."),
        _("The archive is damaged: its table of contents is missing."),
        _("The archive is locked by a password."),
        _(
            "The archive would unfold to %(total)s MiB in %(files)s files, as files "
            "made to overload a computer do. It is kept and sealed, and was left "
            "packed."
        ),
        _(
            "The archive's table of contents is missing, as when a copy was cut "
            "short; files were rescued as far as it goes, the last of them perhaps "
            "not whole."
        ),
        _("The area lies outside the page."),
        _("The attachment “%(name)s” is empty, or is kept elsewhere."),
        _("The body of the message is damaged and was left out."),
        _("The book's table of parts is damaged or missing."),
        _("The chapter %(name)s is missing."),
        _("The collection holds no record that can be read."),
        _("The collection is damaged and cannot be opened."),
        _("The document could not be set to pages: %(message)s"),
        _(
            "The document unfolds to more than %(most)s MiB from %(size)s KiB, as "
            "files made to overload a computer do. It is kept and sealed, and was not "
            "read further."
        ),
        _("The document's text is damaged or missing."),
        _("The file changed while it was read."),
        _("The file holds only blanks."),
        _(
            "The file is cut off: it says that it has %(said)s bytes and has "
            "%(length)s. What is there was read."
        ),
        _("The file is cut off: its end is missing. What is there was read."),
        _("The file is damaged from its beginning."),
        _("The file is damaged, as when a copy was cut short."),
        _("The file is damaged, or is not what its name says; its text cannot be read."),
        _(
            "The file is damaged: its table of contents is missing or broken, as when "
            "a copy was cut short."
        ),
        _("The file is damaged; it was read from a repaired copy and may lack parts."),
        _("The file is empty."),
        _("The file is empty: it has a name and no contents."),
        _("The file is locked by a password."),
        _("The file is nested too deeply to be read."),
        _("The file is not an archive that Amparo knows, or its beginning is lost."),
        _("The file is not an e-mail message: it does not begin with headers such as From:."),
        _("The file is not an Outlook message."),
        _("The file is not text, nor a kind of file that Amparo knows."),
        _(
            "The file unfolds to more than %(ratio)s times its size, as a "
            "decompression bomb does, so the rest was left packed."
        ),
        _("The files inside are over %(mib)s together."),
        _(
            "The form draws its pages only in Adobe's own reader (XFA). What was "
            "filled in was read; the pages shown here hold a notice instead."
        ),
        _("The message is damaged, as when a copy was cut short."),
        _("The message is encrypted; its words need the recipient's key."),
        _(
            "The message's parts are not marked as the standard asks; what could be "
            "told apart was read."
        ),
        _("The Outlook store is damaged or locked, and cannot be opened."),
        _(
            "The part %(name)s asks for text from outside the document (an XML "
            "entity); nothing was fetched, and that place is left empty."
        ),
        _("The part %(name)s is damaged and was left out."),
        _("The part %(name)s is damaged."),
        _("The part %(name)s is damaged; what stood before that was read."),
        _("The part %(name)s is missing."),
        _("The PDF is damaged and could not be repaired."),
        _("The PDF is damaged and could not be repaired: no page of it was found."),
        _("The PDF is damaged: no page of it was found."),
        _("The PDF is locked in a way that cannot be opened here."),
        _("The PDF is locked with a password."),
        _("The picture cannot be opened."),
        _(
            "The picture cannot be opened: it is damaged from its beginning, or of a "
            "kind that is not read here yet. It is kept and sealed."
        ),
        _("The picture cannot be opened: it is damaged or unknown."),
        _(
            "The picture is %(width)s by %(height)s pixels, more than the %(pixels)s "
            "million that are drawn."
        ),
        _("The picture is damaged from its beginning."),
        _("The picture is damaged: %(error)s."),
        _(
            "The picture unfolds to %(width)s by %(height)s pixels, more than the "
            "%(pixels)s million that are decoded. It is kept and sealed."
        ),
        _("The presentation's list of slides is damaged or missing."),
        _("The RAR archive cannot be opened. %(message)s"),
        _("The reader crashed on this file (%(how)s)."),
        _("The reader misbehaved on this file and was ended: %(error)s."),
        _("The reader stopped: %(name)s%(place)s%(text)s."),
        _("The reading room is closed."),
        _("The sheet %(sheet)s is missing."),
        _("The text is longer than allowed, so page %(number)s and what follows were not read."),
        _("The time stamping authority refused: %(cause)s."),
        _("The web archive is damaged from its beginning."),
        _("The work was stopped."),
        _("The workbook's list of sheets is damaged or missing."),
        _("There is no page %(number)s in the picture."),
        _("There is no page %(number)s; the last is %(document)s."),
        _("There was not enough memory to read the file."),
        _("These words are not in the file's own text."),
        _("This is %(what)s, not a file."),
        _("This is a link that leads out of the folder."),
        _("This is a link that leads to nothing."),
        _("This is a link to a folder, whose files are taken where they lie."),
        _("This matter holds no files yet."),
        _("This package is here already: it was imported on %(when)s."),
        _("Try again later, or choose another authority."),
        _("Wait until nothing writes to it, then add it again."),
        _("What was selected did not arrive whole."),
        _("You may not read this %(what)s."),
        _("“%(path)s” inside is larger than %(mib)s."),
        _("“%(path)s” is a file that this one lies in."),
        _("%(end)s characters are selected; a pinpoint holds %(longest)s."),
        _("%(host)s did not answer: %(error)s."),
        _("%(message)s What could be rescued was read."),
        _("%(next_step)s Or unpack it, and add the files beside it."),
        _("%(undecodable)s characters do not fit the encoding %(encoding)s; they are shown as �."),
        _("%(waits)s waits: the program %(name)s is not installed."),
        _("%(what)s %(named)s of %(pages)s could not be read: the file is damaged there."),
        _("%(what)s: it is kept and sealed; its content is not read yet."),
        _("%(where)s is damaged or breaks off (%(error)s)."),
    }
)
