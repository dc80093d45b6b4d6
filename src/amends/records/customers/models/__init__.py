from .customer import Customer, CustomerQuerySet
from .reach import AccountNumber, EmailAddress, Phone, Representative

__all__ = [
    "AccountNumber",
    "Customer",
    "CustomerQuerySet",
    "EmailAddress",
    "Phone",
    "Representative",
]
