"""Starts mock-docspace, a fake ONLYOFFICE DocSpace portal, in tests. README.md says how."""

from mock_docspace import contract
from mock_docspace._control import ControlError
from mock_docspace._docspace import Docspace, StartOptions, connect, start
from mock_docspace._portal import DocspacePortal, Filter

__all__ = ["ControlError", "Docspace", "DocspacePortal", "Filter", "StartOptions", "connect", "contract", "start"]
__version__ = "0.1.0"
