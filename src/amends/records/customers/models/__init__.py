from .customer import AddressTaken, Customer, CustomerQuerySet
from .reach import AccountNumber, EmailAddress, Phone, Representative

__all__ = [
    "AccountNumber",
    "AddressTaken",
    "Customer",
    "CustomerQuerySet",
    "EmailAddress",
    "Phone",
    "Representative",
]
